package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.vicino.Vectors;
import dev.vicino.bench.ann.Stable.Ready;
import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes of engines: ours, and those of others as far as they are installed. */
class StarterTest {
    private static final int ROWS = 1000;

    @TempDir
    private Path folder;

    @Test
    void ourEngineAnswersCommands() throws IOException {
        try (Starter starter = new Starter("python3");
                Child child = starter.start(null)) {
            assertThat(child.version()).startsWith("Vicino (SIMD");
            assertThat(child.memory().anonymousBytes()).isGreaterThanOrEqualTo(0);
            assertThatThrownBy(() -> child.request("dance")).hasMessageContainingAll("vicino", "command = dance");
            assertThatThrownBy(() -> child.request("build", "no-such-file", "Flat", 16, 200, folder))
                    .hasMessageContaining("no-such-file");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FAISS", "HNSWLIB", "LUCENE"})
    void everyEntrantOfAPeerFindsTheNeighbours(Peer peer) throws IOException {
        UnitData data = UnitData.of(new DataFolder(folder, null, ROWS).sentences(), folder, ROWS, 50);
        List<String> remarks = new ArrayList<>();
        try (Starter starter = new Starter("python3");
                Vectors queries = data.loadQueries()) {
            requireInstalled(starter, peer);
            var stable = new Stable(starter, new IndexCache(folder), Affinity.none(), data, remarks::add);
            Truth truth = data.truth(queries, 1);
            for (Entrant entrant : peer.entrants()) {
                Ready made = stable.ready(entrant);
                try (RemoteIndex index = made.index()) {
                    assertThat(truth.recall(index.answers(200)))
                            .as(entrant.name())
                            .isGreaterThan(0.9);
                    assertThat(index.seconds(10, 2)).isPositive();
                    assertThat(made.build().earlier()).isFalse();
                    assertThat(made.build().fileBytes()).isPositive();
                }
            }
            Ready kept = stable.ready(peer.entrants().getFirst());
            kept.index().close();
            assertThat(kept.build().earlier()).isTrue();
        }
    }

    private static void requireInstalled(Starter starter, Peer peer) {
        if (peer == Peer.FAISS || peer == Peer.HNSWLIB) {
            try {
                starter.start(peer).close();
            } catch (IOException e) {
                System.out.println("StarterTest is skipped in part: " + e.getMessage());
                abort();
            }
        }
    }
}
