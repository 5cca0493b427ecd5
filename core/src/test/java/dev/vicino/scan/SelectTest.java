package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The small helpers of scans: the k-th smallest of many, sets of ordinals, and shortcuts on trial. */
@ExtendWith(Seeds.class)
final class SelectTest {
    private final Random random = Seeds.random();

    @Test
    void theKthSmallestIsThatOfASort() {
        for (int round = 0; round < 3000; round++) {
            int count = 1 + random.nextInt(round % 10 == 0 ? 500 : 12);
            int different = 1 + random.nextInt(round % 2 == 0 ? 5 : 1000);
            float[] values = new float[count + 3];
            for (int i = 0; i < count; i++) {
                values[i] = switch (random.nextInt(20)) {
                    case 0 -> Float.POSITIVE_INFINITY;
                    case 1 -> Float.NEGATIVE_INFINITY;
                    default -> random.nextInt(different);
                };
            }
            Arrays.fill(values, count, count + 3, Float.NEGATIVE_INFINITY); // behind the end, not to be found
            float[] sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            int k = 1 + random.nextInt(count);
            assertThat(Select.smallest(values, count, k))
                    .as("%s-th of %s", k, count)
                    .isEqualTo(sorted[k - 1]);
        }
    }

    /** Damaged files have them: any answer will do, but there must be one. */
    @Test
    @Timeout(30)
    void numbersThatAreNoneDoNotKeepItForEver() {
        for (int round = 0; round < 3000; round++) {
            int count = 1 + random.nextInt(40);
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = random.nextInt(3) == 0 ? Float.NaN : random.nextInt(10);
            }
            float[] before = values.clone();
            float found = Select.smallest(values, count, 1 + random.nextInt(count));
            assertThat(before).as("what is found was there").contains(found);
        }
    }

    @Test
    void aBitmapHasWhatWasSet() {
        for (int size : new int[] {0, 1, 63, 64, 65, 1000}) {
            Bitmap bitmap = new Bitmap(size);
            BitSet expected = new BitSet();
            for (int i = 0; i < size; i++) {
                if (random.nextInt(1 + size / 10) == 0) {
                    bitmap.set(i);
                    expected.set(i);
                }
            }
            assertThat(bitmap.count()).isEqualTo(expected.cardinality());
            float[] values = new float[size];
            bitmap.mask(0, size, values);
            for (int i = 0; i < size; i++) {
                assertThat(bitmap.get(i)).isEqualTo(expected.get(i));
                assertThat(Float.isNaN(values[i])).isEqualTo(!expected.get(i));
                int next = expected.nextSetBit(i);
                assertThat(bitmap.next(i)).isEqualTo(next < 0 ? Integer.MAX_VALUE : next);
                int count = random.nextInt(size - i + 1);
                assertThat(bitmap.count(i, count))
                        .isEqualTo(expected.get(i, i + count).cardinality());
            }
            assertThat(bitmap.next(size)).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void aShortcutThatDoesNotPayIsTriedEverMoreRarely() {
        Trial trial = new Trial();
        assertThat(trial.isOn()).isTrue();
        for (int skipped : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1024, 1024}) {
            trial.report(false);
            for (int i = 0; i < skipped; i++) {
                assertThat(trial.isOn())
                        .as("search %s of %s without it", i, skipped)
                        .isFalse();
            }
            assertThat(trial.isOn()).isTrue();
        }
        trial.report(true);
        assertThat(trial.isOn()).isTrue();
        assertThat(trial.isOn()).isTrue();
        trial.report(false);
        assertThat(trial.isOn()).isFalse();
        assertThat(trial.isOn()).as("after success it begins anew").isTrue();
    }
}
