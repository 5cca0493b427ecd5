package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.IndexSpec.Ivf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs of inverted lists. */
final class ListSpecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IVF1                              | IVF1",
                "IVF1024,Flat                      | IVF1024",
                "IVF1048576,RaBitQ,RFlat           | IVF1048576,RaBitQ,Refine(Flat)",
                "IVF64(iterations=10,seed=1),SQ8   | IVF64,SQ8",
                "IVF64_HNSW32(nprobe=16),FP16      | IVF64_HNSW32,FP16",
                "IVF64_HNSW                        | IVF64_HNSW16",
                "IVF64_HNSW(nprobe=4)              | IVF64_HNSW16(nprobe=4)",
                "IVF64( seed = 7, iterations = 3 ) | 'IVF64(iterations=3,seed=7)'",
            })
    void hasOneCanonicalForm(String text, String canonical) {
        IndexSpec spec = IndexSpec.parse(text);
        assertThat(spec).hasToString(canonical);
        assertThat(IndexSpec.parse(canonical)).isEqualTo(spec).hasSameHashCodeAs(spec);
    }

    @Test
    void meansWhatItSays() {
        assertThat(IndexSpec.parse("IVF12").navigator()).isEqualTo(new Ivf(12));
        assertThat(IndexSpec.parse("IVF12(iterations=5,seed=3)").navigator()).isEqualTo(new Ivf(12, 5, 3));
        assertThat(IndexSpec.parse("IVF12,SQ8").withSeed(9)).hasToString("IVF12(seed=9),SQ8");
        assertThat(IndexSpec.parse("IVF12_HNSW8").navigator()).isEqualTo(new Ivf(12, 10, 1, 16, 8));
        assertThat(IndexSpec.parse("L2norm,IVF12_HNSW8").withSeed(9).withEffort(3))
                .hasToString("L2norm,IVF12_HNSW8(seed=9,nprobe=3)");
    }

    /** The column is where the caret has to stand, counted from 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IVF                        | 0 | 'IVF'",
                "IVFx                       | 0 | 'IVFx'",
                "IVF0                       | 0 | nlist = 0",
                "IVF64_HNSW0                | 0 | M = 0",
                "IVF64_HNSW1                | 0 | M = 1",
                "IVF64_HNSW129              | 0 | M = 129",
                "IVF64_HNSWx                | 0 | 'IVF64_HNSWx'",
                "IVF64_PQ8                  | 0 | 'IVF64_PQ8'",
                "IVF1048577                 | 0 | nlist = 1048577",
                "IVF99999999999             | 0 | 'IVF99999999999'",
                "IVF8(iterations=0)         | 0 | iterations = 0",
                "IVF8(iterations=1001)      | 0 | iterations = 1001",
                "IVF8(iterations=9999999999)| 0 | iterations = 9999999999",
                "IVF8(iterations=x)         | 5 | iterations = x",
                "IVF8(nprobes=4)            | 5 | 'nprobes'",
                "IVF8,IVF8                  | 5 | 'IVF8'",
            })
    void anErrorPointsAtItsPart(String text, int column, String what) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.parse(text))
                .withMessageContaining(what)
                .withMessageEndingWith("\n    " + text + "\n    " + " ".repeat(column) + "^");
    }
}
