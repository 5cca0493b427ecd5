package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.IndexSpec.Device;
import dev.vicino.IndexSpec.Flat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of specs. */
final class IndexSpecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Flat                   | Flat",
                "Flat(prune=true)       | Flat",
                "Flat(prune=false)      | Flat(prune=false)",
                "Flat( prune = false )  | Flat(prune=false)",
                "' Flat '               | Flat",
                "Flat(device=cpu)       | Flat",
                "Flat(device=gpu)       | Flat(device=gpu)",
                "Flat(prune=false,device=gpu) | Flat(device=gpu)",
                "Flat(device=cpu,prune=false) | Flat(prune=false)",
                "HNSW16,PQ96            | HNSW16,PQ96",
                "HNSW32,PQ8x4fs,RFlat   | HNSW32,PQ8x4fs,Refine(Flat)",
                "IVF1024,PQ192x4fsr,RFlat | IVF1024,PQ192x4fsr,Refine(Flat)",
                "OPQ16,IVF64,PQ16r      | OPQ16,IVF64,PQ16r",
                "'PCA64, HNSW16, SQ8'   | PCA64,HNSW16,SQ8",
                "PCA64,OPQ8,IVF64,PQ8x4fsr,RFlat | PCA64,OPQ8,IVF64,PQ8x4fsr,Refine(Flat)",
                "OPQ8_64,IVF64,PQ8      | PCA64,OPQ8,IVF64,PQ8",
                "OPQ_64,IVF64,PQ8       | PCA64,OPQ8,IVF64,PQ8",
                "L2norm,IVF64           | L2norm,IVF64",
                "L2norm,PCA8,RR,HNSW16,PQ8,Refine(SQ8) | L2norm,PCA8,RR,HNSW16,PQ8,Refine(SQ8)",
                "OPQ,IVF64,PQ16         | OPQ16,IVF64,PQ16",
                "'RR, HNSW16, PQ4'      | RR,HNSW16,PQ4",
                "HNSW16,RaBitQ7         | HNSW16,RaBitQ7",
                "IVF4,RaBitQ1           | IVF4,RaBitQ",
                "KDTree                 | KDTree",
                "KDTree(leaf=32)        | KDTree",
                "KDTree( leaf = 8 )     | KDTree(leaf=8)",
                "BallTree(leaf=64)      | BallTree(leaf=64)",
            })
    void hasOneCanonicalForm(String text, String canonical) {
        IndexSpec spec = IndexSpec.parse(text);
        assertThat(spec).hasToString(canonical);
        assertThat(IndexSpec.parse(canonical)).isEqualTo(spec).hasSameHashCodeAs(spec);
    }

    @Test
    void meansWhatItSays() {
        assertThat(IndexSpec.parse("Flat")).isEqualTo(new IndexSpec(new Flat(true)));
        assertThat(IndexSpec.parse("Flat(prune=false)")).isEqualTo(new IndexSpec(new Flat(false)));
        assertThat(new IndexSpec(new Flat(false))).isNotEqualTo(new IndexSpec(new Flat(true)));
    }

    @Test
    void movesToADeviceWhereItCan() {
        IndexSpec gpu = IndexSpec.parse("Flat(device=gpu)");
        assertThat(gpu).isEqualTo(new IndexSpec(new Flat(false, Device.GPU)));
        assertThat(IndexSpec.parse("Flat").withDevice(Device.GPU)).isEqualTo(gpu);
        assertThat(gpu.withDevice(Device.CPU)).hasToString("Flat(prune=false)");
        assertThat(IndexSpec.parse("Flat").withDevice(Device.CPU)).hasToString("Flat");
        IndexSpec graph = IndexSpec.parse("HNSW16");
        assertThat(graph.withDevice(Device.CPU)).isEqualTo(graph);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.withDevice(Device.GPU))
                .withMessage("device = gpu, expected cpu for HNSW16: cards do exact search");
    }

    /** The column is where the caret has to stand, counted from 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                             | 0  | a part is missing",
                "Flop                           | 0  | 'Flop'",
                "flat                           | 0  | 'flat'",
                "Flat,Nope                      | 5  | 'Nope'",
                "Flat, Nope                     | 6  | 'Nope'",
                "Flat,                          | 5  | a part is missing",
                "KDTree(leaf=3)                 | 0  | leaf = 3",
                "KDTree(leaf=65)                | 0  | leaf = 65",
                "BallTree(leaf=4294967300)      | 0  | leaf = 4294967300",
                "KDTree(prune=true)             | 7  | 'prune'",
                "BallTree,SQ8                   | 9  | 'SQ8'",
                "kdtree                         | 0  | 'kdtree'",
                ",Flat                          | 0  | a part is missing",
                "Flat(prune=false),Nope(x=1)    | 18 | 'Nope'",
                "Flat(prune=false               | 16 | not closed",
                "Flat(                          | 5  | name=value",
                "Flat()                         | 5  | name=value",
                "Flat(prune)                    | 5  | name=value",
                "Flat(prune=false=true)         | 5  | name=value",
                "Flat(prune=false,)             | 17 | name=value",
                "Flat(prune=maybe)              | 5  | prune = maybe",
                "Flat(prune=False)              | 5  | prune = False",
                "Flat(prune=)                   | 5  | true or false",
                "Flat(device=tpu)               | 0  | device = tpu, expected cpu or gpu",
                "Flat(device=GPU)               | 0  | device = GPU",
                "Flat(prune=true,device=gpu)    | 0  | prune = true, expected false with device = gpu",
                "HNSW16(device=gpu)             | 7  | 'device'",
                "Flat(speed=high)               | 5  | 'speed'",
                "Flat(prune=false,speed=high)   | 17 | 'speed'",
                "'Flat(prune=false, speed=1)'   | 18 | 'speed'",
                "Flat(prune=false,prune=false)  | 17 | given twice",
                "Flat)                          | 4  | ')'",
                "Flat=1                         | 4  | '='",
                "Flat(prune=false)x             | 17 | 'x'",
                "Flat(prune=false))             | 17 | ')'",
                "HNSW16,PQ                      | 7  | 'PQ'",
                "HNSW16,PQ0                     | 7  | m = 0",
                "HNSW16,PQ4097                  | 7  | m = 4097",
                "HNSW16,PQ99999999999           | 7  | too large",
                "HNSW16,PQ8x5fs                 | 7  | 'PQ8x5fs'",
                "HNSW16,PQ8r                    | 7  | without r after HNSW",
                "HNSW16,RaBitQ0                 | 7  | bits = 0",
                "HNSW16,RaBitQ9                 | 7  | bits = 9",
                "RR                             | 2  | a part is missing",
                "RR,Flat                        | 0  | RR' is of no use",
                "RR,HNSW16,SQ8                  | 0  | RR' is of no use",
                "OPQ8,HNSW16,PQ16               | 0  | expected OPQ16",
                "OPQ8_64,HNSW16,PQ16            | 0  | expected OPQ16",
                "PCA32,OPQ8_64,HNSW16,PQ8       | 6  | given twice",
                "OPQ8_,HNSW16,PQ8               | 0  | 'OPQ8_'",
                "PCA,HNSW16,SQ8                 | 0  | PCA = 0",
                "PCA0,HNSW16,SQ8                | 0  | PCA = 0",
                "PCA70000,HNSW16,SQ8            | 0  | PCA = 70000",
                "PCA64,HNSW16                   | 0  | code = Flat",
                "PCA64,Flat                     | 0  | code = Flat",
                "PCA64(x=1),HNSW16,SQ8          | 6  | 'x'",
                "PCA64                          | 5  | a part is missing",
                "PCAR64,IVF16,SQ8               | 0  | 'PCAR64'",
                "L2norm,Flat                    | 7  | L2norm does not go with Flat",
                "L2norm,L2norm,IVF16            | 7  | 'L2norm'",
                "IVF16,L2norm                   | 6  | 'L2norm'",
                "OPQ8(x=1),HNSW16,PQ8           | 5  | 'x'",
            })
    void pointsAtWhatItDoesNotUnderstand(String text, int column, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.parse(text))
                .withMessageContaining(words)
                .withMessageContaining("expected")
                .withMessageEndingWith("\n    " + text + "\n    " + " ".repeat(column) + "^");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cosine", "dot", "l2", "l1"})
    void metricsAreKnownByTheirLabels(String label) {
        assertThat(Metric.parse(label).label()).isEqualTo(label);
    }
}
