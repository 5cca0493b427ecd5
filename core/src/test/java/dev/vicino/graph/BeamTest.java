package dev.vicino.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a sorted list. */
@ExtendWith(Seeds.class)
final class BeamTest {
    private record Node(int slot, float distance) {}

    private final Beam beam = new Beam();
    private final List<Node> model = new ArrayList<>();

    private void add(int slot, float distance) {
        beam.addAll(new int[] {slot}, new float[] {distance}, 1);
        model.add(new Node(slot, distance));
        model.sort(Comparator.comparingDouble(Node::distance).thenComparingInt(Node::slot));
    }

    private List<Node> held() {
        List<Node> held = new ArrayList<>();
        for (int i = 0; i < beam.size(); i++) {
            held.add(new Node(beam.slot(i), beam.distance(i)));
        }
        return held;
    }

    private void fill(Random random, Width width) {
        beam.clear(width);
        for (int slot = 0; slot < 300; slot++) {
            add(slot, random.nextFloat() * 2 - 1);
        }
    }

    @Test
    void fixedHoldsTheNearest() {
        fill(Seeds.random(), Width.fixed(40));
        assertThat(held()).isEqualTo(model.subList(0, 40));
    }

    @ParameterizedTest(name = "anchor {0}, factor {1}, slack {2}")
    @CsvSource({"1, 0.5, 0", "10, 0.2, 0", "10, 0, 0.1", "25, 0, 0"})
    void holdsWhatIsNotMuchFartherThanTheAnchor(int anchor, float factor, float slack) {
        Width width = new Width(200, anchor, factor, -1, slack);
        fill(Seeds.random(), width);
        float bound = width.bound(model.get(anchor - 1).distance);
        assertThat(bound).isLessThan(model.get(199).distance);
        assertThat(held())
                .isEqualTo(model.stream().filter(node -> node.distance <= bound).toList())
                .hasSizeGreaterThanOrEqualTo(anchor);
    }

    @Test
    void neverHoldsMoreThanItsCapacity() {
        fill(Seeds.random(), new Width(50, 10, 100, -1, 0));
        assertThat(held()).isEqualTo(model.subList(0, 50));
    }

    @Test
    void followsEachOnceAndNoneThatWasLetGo() {
        Random random = Seeds.random();
        Width width = new Width(200, 5, 0.1f, -1, 0);
        beam.clear(width);
        Set<Integer> followed = new HashSet<>();
        for (int slot = 0; slot < 1000; slot++) {
            add(slot, random.nextFloat() * 2 - 1);
            if (slot % 3 == 0) {
                int next = beam.follow();
                if (next != Graph.NONE) {
                    assertThat(followed.add(next)).as("new: " + next).isTrue();
                    assertThat(held()).extracting(Node::slot).contains(next);
                }
            }
        }
        for (int next = beam.follow(); next != Graph.NONE; next = beam.follow()) {
            assertThat(followed.add(next)).as("new: " + next).isTrue();
        }
        assertThat(held()).extracting(Node::slot).allMatch(followed::contains);
    }
}
