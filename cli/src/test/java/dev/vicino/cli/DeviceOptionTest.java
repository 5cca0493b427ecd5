package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vicino.card.CardException;
import dev.vicino.card.Cards;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code --device} of build and search. */
@ExtendWith(Samples.class)
class DeviceOptionTest {
    @TempDir
    private Path folder;

    private Path vectors;
    private Path index;

    @BeforeEach
    void writeVectors() throws IOException {
        vectors = Samples.write(folder.resolve("base.npy"), Samples.rows(300, 20));
        index = folder.resolve("base.vicino");
    }

    @Test
    void theProcessorIsTheUsualDevice() throws IOException {
        var built = Run.vicino("build", vectors, "--out", index, "--spec", "Flat(device=cpu)", "--json");
        assertThat(built.json(BuildVerbTest.FIELDS).get("spec").textValue()).isEqualTo("Flat");
        Run searched = Run.vicino("search", index, vectors, "--device", "cpu", "--json");
        assertThat(searched.code()).as(searched.err()).isZero();
        assertThat(searched.out()).contains("\"spec\":\"Flat\"");
    }

    @Test
    void aCardSearchesExactlyOrNotAtAll() {
        assertThat(Run.vicino("build", vectors, "--out", index, "--spec", "HNSW16")
                        .code())
                .isZero();
        Run.vicino("search", index, vectors, "--device", "gpu").fails(2, "device = gpu, expected cpu for HNSW16");
        Run.vicino("build", vectors, "--out", index, "--spec", "HNSW16", "--device", "gpu")
                .fails(2, "device = gpu, expected cpu for HNSW16");
        Run.vicino("build", vectors, "--out", index, "--recall", 0.9, "--device", "gpu")
                .fails(2, "device = gpu, expected cpu for Auto(");
        Run.vicino("build", vectors, "--out", index, "--device", "tpu").fails(2, "--device", "tpu", "cpu", "gpu");
    }

    @Test
    void withoutACardOneSentenceSaysSo() {
        if (hasCard()) {
            System.out.println("DeviceOptionTest is skipped in part: there is a card");
            abort();
        }
        Run.vicino("build", vectors, "--out", index, "--device", "gpu").fails(1, "device = gpu, but ", "expected");
        Run.vicino("build", vectors, "--out", index, "--spec", "Flat(device=gpu)")
                .fails(1, "device = gpu, but ");
        assertThat(Run.vicino("build", vectors, "--out", index, "--spec", "Flat")
                        .code())
                .isZero();
        Run.vicino("search", index, vectors, "--device", "gpu").fails(1, "device = gpu, but ", "expected");
    }

    private static boolean hasCard() {
        try {
            return !Cards.find("gpu").name().isEmpty();
        } catch (CardException e) {
            return false;
        }
    }
}
