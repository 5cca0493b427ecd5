package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.IndexSpec.Float32;
import dev.vicino.IndexSpec.Hnsw;
import dev.vicino.IndexSpec.Int8;
import dev.vicino.IndexSpec.RaBitQ;
import dev.vicino.IndexSpec.Refine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The language of specs, as far as it is about graphs and codes. */
final class GraphSpecTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW                                              | HNSW16",
                "HNSW16                                            | HNSW16",
                "HNSW016                                           | HNSW16",
                "' HNSW8 '                                         | HNSW8",
                "HNSW16,Flat                                       | HNSW16",
                "HNSW16(efConstruction=200)                        | HNSW16",
                "HNSW2                                             | HNSW2",
                "HNSW128                                           | HNSW128",
                "HNSW128(efConstruction=128)                       | HNSW128(efConstruction=128)",
                "HNSW16(efConstruction=16)                         | HNSW16(efConstruction=16)",
                "HNSW16(efConstruction=65536)                      | HNSW16(efConstruction=65536)",
                "HNSW8( seed = 7 , efConstruction = 40 )           | HNSW8(efConstruction=40,seed=7)",
                "HNSW16(extendCandidates=false)                    | HNSW16",
                "HNSW16(keepPrunedConnections=true)                | HNSW16(keepPrunedConnections=true)",
                "HNSW16(keepPrunedConnections=true,extendCandidates=true) | "
                        + "HNSW16(extendCandidates=true,keepPrunedConnections=true)",
                "HNSW16(seed=1)                                    | HNSW16",
                "HNSW16(seed=-9223372036854775808)                 | HNSW16(seed=-9223372036854775808)",
                "HNSW16,SQ8                                        | HNSW16,SQ8",
                "'HNSW16, SQ8, Refine(Flat)'                       | 'HNSW16,SQ8,Refine(Flat)'",
                "'HNSW16,SQ8,RFlat'                                | 'HNSW16,SQ8,Refine(Flat)'",
                "'HNSW16,SQ8,Refine( Flat )'                       | 'HNSW16,SQ8,Refine(Flat)'",
                "'HNSW16,SQ8,Refine(FP16)'                         | 'HNSW16,SQ8,Refine(FP16)'",
                "'HNSW16,PQ8,Refine(SQfp16)'                       | 'HNSW16,PQ8,Refine(FP16)'",
                "'HNSW16,RaBitQ,Refine( SQ8 )'                     | 'HNSW16,RaBitQ,Refine(SQ8)'",
                "HNSW16,RaBitQ                                     | HNSW16,RaBitQ",
                "HNSW16,RaBitQ1                                    | HNSW16,RaBitQ",
                "HNSW16,RaBitQ2                                    | HNSW16,RaBitQ2",
                "'HNSW16(seed=3),RaBitQ4,RFlat'                    | 'HNSW16(seed=3),RaBitQ4,Refine(Flat)'",
            })
    void hasOneCanonicalForm(String text, String canonical) {
        IndexSpec spec = IndexSpec.parse(text);
        assertThat(spec).hasToString(canonical);
        assertThat(IndexSpec.parse(canonical)).isEqualTo(spec).hasSameHashCodeAs(spec);
    }

    @Test
    void meansWhatItSays() {
        assertThat(IndexSpec.parse("HNSW12(efConstruction=99,seed=5)"))
                .isEqualTo(new IndexSpec(new Hnsw(12, 99, false, false, 5)));
        assertThat(IndexSpec.parse("HNSW"))
                .isEqualTo(new IndexSpec(new Hnsw(16, 200, false, false, 1)))
                .isEqualTo(new IndexSpec(new Hnsw(16)));
        assertThat(IndexSpec.parse("HNSW16(extendCandidates=true)"))
                .isEqualTo(new IndexSpec(new Hnsw(16, 200, true, false, 1)));
        assertThat(IndexSpec.parse("HNSW16(keepPrunedConnections=true),SQ8"))
                .isEqualTo(new IndexSpec(new Hnsw(16, 200, false, true, 1), new Int8(), Refine.NONE));
        assertThat(IndexSpec.parse("HNSW16,RaBitQ4,Refine(Flat)"))
                .isEqualTo(new IndexSpec(new Hnsw(16), new RaBitQ(4), Refine.FLAT));
        assertThat(IndexSpec.parse("HNSW16,RaBitQ").code()).isEqualTo(new RaBitQ(1));
        assertThat(IndexSpec.parse("HNSW16").code()).isEqualTo(new Float32());
    }

    @Test
    void anotherSeedIsAnotherSpec() {
        IndexSpec spec = IndexSpec.parse("HNSW8(efConstruction=40),RaBitQ2,Refine(Flat)");
        assertThat(spec.withSeed(9)).hasToString("HNSW8(efConstruction=40,seed=9),RaBitQ2,Refine(Flat)");
        assertThat(spec.withSeed(9).withSeed(1)).isEqualTo(spec);
        assertThat(IndexSpec.parse("Flat").withSeed(9)).isEqualTo(IndexSpec.parse("Flat"));
    }

    /** The column is where the caret has to stand, counted from 0. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hnsw16                               | 0  | 'hnsw16'",
                "HNSWx                                | 0  | 'HNSWx'",
                "HNSW-16                              | 0  | 'HNSW-16'",
                "HNSW16.5                             | 0  | 'HNSW16.5'",
                "HNSW99999999999                      | 0  | 'HNSW99999999999'",
                "HNSW0                                | 0  | M = 0",
                "HNSW1                                | 0  | M = 1",
                "HNSW129                              | 0  | M = 129",
                "HNSW16(efConstruction=15)            | 0  | efConstruction = 15",
                "HNSW16(efConstruction=-5)            | 0  | efConstruction = -5",
                "HNSW16(efConstruction=65537)         | 0  | efConstruction = 65537",
                "HNSW16(efConstruction=99999999999)   | 0  | efConstruction = 99999999999",
                "HNSW16(efConstruction=x)             | 7  | efConstruction = x",
                "HNSW16(efConstruction=)              | 7  | efConstruction =",
                "HNSW16(seed=1,efConstruction=1.5)    | 14 | efConstruction = 1.5",
                "HNSW16(seed=9223372036854775808)     | 7  | seed = 9223372036854775808",
                "HNSW16(extendCandidates=yes)         | 7  | extendCandidates = yes",
                "HNSW16(ef=10)                        | 7  | 'ef'",
                "HNSW16(prune=true)                   | 7  | 'prune'",
                "HNSW16(M=8)                          | 7  | 'M'",
                "HNSW16(seed=1,seed=2)                | 14 | given twice",
                "HNSW16()                             | 7  | name=value",
                "HNSW16(seed=1                        | 13 | not closed",
                "SQ8                                  | 0  | 'SQ8'",
                "RaBitQ2                              | 0  | 'RaBitQ2'",
                "Refine(Flat)                         | 0  | 'Refine'",
                "Flat,SQ8                             | 5  | 'SQ8'",
                "'Flat,Refine(Flat)'                  | 5  | 'Refine'",
                "Flat,HNSW16                          | 5  | 'HNSW16'",
                "HNSW16,HNSW16                        | 7  | 'HNSW16'",
                "HNSW16,SQ4                           | 7  | 'SQ4'",
                "HNSW16,SQ88                          | 7  | 'SQ88'",
                "HNSW16,sq8                           | 7  | 'sq8'",
                "HNSW16,SQ8(x=1)                      | 11 | 'x'",
                "HNSW16,RaBitQ0                       | 7  | bits = 0",
                "HNSW16,RaBitQ0                       | 7  | bits = 0",
                "HNSW16,RaBitQ9                       | 7  | bits = 9",
                "HNSW16,RaBitQx                       | 7  | 'RaBitQx'",
                "HNSW16,RaBitQ2(bits=2)               | 15 | 'bits'",
                "'HNSW16,Refine(Flat)'                | 7  | 'Refine'",
                "HNSW16,RFlat                         | 7  | 'RFlat'",
                "'HNSW16,Flat,Refine(Flat)'           | 12 | 'Refine'",
                "'HNSW16,Flat,SQ8'                    | 12 | 'SQ8'",
                "'HNSW16,Refine(Flat),SQ8'            | 7  | 'Refine'",
                "'HNSW16,SQ8,SQ8'                     | 11 | 'SQ8'",
                "'HNSW16,SQ8,RaBitQ2'                 | 11 | 'RaBitQ2'",
                "'HNSW16,SQ8,Refine'                  | 11 | Refine",
                "'HNSW16,SQ8,Refine()'                | 11 | Refine",
                "'HNSW16,SQ8,Refine(SQ8)'             | 11 | Refine(SQ8)",
                "'HNSW16,FP16,Refine(FP16)'           | 12 | Refine(FP16)",
                "'HNSW16,FP16,Refine(SQ8)'            | 12 | Refine(SQ8)",
                "'HNSW16,SQ8,Refine(SQ4)'             | 11 | Refine(SQ4)",
                "'HNSW16,SQ8,Refine(Flat=1)'          | 11 | Refine",
                "'HNSW16,SQ8,Refine(Flat,x)'          | 11 | Refine",
                "'HNSW16,SQ8,RFlat(x=1)'              | 17 | 'x'",
                "'HNSW16,SQ8,Refine(Flat'             | 22 | not closed",
                "'HNSW16,SQ8,Refine(Flat),Flat'       | 24 | 'Flat'",
                "'HNSW16,SQ8,RFlat,RFlat'             | 17 | 'RFlat'",
                "'HNSW16,'                            | 7  | a part is missing",
                "'HNSW16,,SQ8'                        | 7  | a part is missing",
            })
    void pointsAtWhatItDoesNotUnderstand(String text, int column, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.parse(text))
                .withMessageContaining(words)
                .withMessageContaining("expected")
                .withMessageEndingWith("\n    " + text + "\n    " + " ".repeat(column) + "^");
    }

    @Test
    void partsThatDoNotGoTogetherAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndexSpec(new IndexSpec.Flat(true), new Int8(), Refine.NONE))
                .withMessageContaining("SQ8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IndexSpec(new Hnsw(16), new Float32(), Refine.FLAT))
                .withMessageContaining("Flat is exact already");
        assertThatIllegalArgumentException().isThrownBy(() -> new RaBitQ(9)).withMessageContaining("bits = 9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hnsw(16, 8, false, false, 1))
                .withMessageContaining("efConstruction = 8");
    }
}
