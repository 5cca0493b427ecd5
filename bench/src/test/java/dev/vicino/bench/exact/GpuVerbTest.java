package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.bench.Run;
import dev.vicino.bench.race.Child;
import dev.vicino.card.CardException;
import dev.vicino.card.Cards;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The comparison on a card, on tiny data, and what it says where there is none. */
class GpuVerbTest {
    @TempDir
    private Path cache;

    private static boolean hasCard() {
        try {
            return !Cards.find("gpu").name().isEmpty();
        } catch (CardException e) {
            return false;
        }
    }

    @Test
    void withoutACardOneLineSaysSo() {
        if (hasCard()) {
            System.out.println("GpuVerbTest is skipped in part: there is a card");
            abort();
        }
        Run run = Run.bench("gpu", "--quick", "--cache", cache, "--peers", "none");
        run.fails(1, "device = gpu, but ", "expected");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void withACardEveryRowHasATime() throws IOException {
        if (!hasCard()) {
            System.out.println("GpuVerbTest is skipped in part: there is no card");
            abort();
        }
        JsonNode report = Run.bench("gpu", "--quick", "--rounds", 1, "--cache", cache, "--json")
                .json();
        assertThat(report.get("rows")).hasSize(6);
        for (JsonNode row : report.get("rows")) {
            assertThat(row.get("ours_us").doubleValue()).isPositive();
            if (!row.get("against").isNull()) {
                assertThat(row.get("against").get("mismatches").intValue())
                        .as(row.toString())
                        .isZero();
            }
        }
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        Run.bench("gpu", "--peers", "lucene").fails(2, "peers = lucene", "torch or none");
    }

    /** The script starts, or says what it misses; a mistake in it would be an end without a word. */
    @Test
    void theScriptOfPyTorchSaysWhatItIsOrMisses() throws IOException {
        try (Child torch = Torch.start("python3")) {
            assertThat(torch.version()).startsWith("PyTorch ");
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("PyTorch: missing .*|.*Cannot run program \"python3\".*");
        }
    }
}
