package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerTest {
    @Test
    void nobodyHasNoIndexes() {
        assertThat(Peer.values()).filteredOn(peer -> peer.entrants().isEmpty()).containsExactly(Peer.NONE);
    }

    @Test
    void noTwoEntrantsHaveOneName() {
        assertThat(Arrays.stream(Peer.values()).flatMap(peer -> peer.entrants().stream()))
                .extracting(Entrant::name)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(Peer.values().length);
    }

    @Test
    void whatIsAskedIsAskedOfGroupsThatExist() {
        List<String> groups = Arrays.stream(Peer.values())
                .flatMap(peer -> peer.entrants().stream())
                .map(Entrant::group)
                .distinct()
                .toList();

        assertThat(groups.stream().filter(group -> Peer.asked(group) != null))
                .containsExactly("FAISS HNSWFlat", "hnswlib", "Lucene", "JVector");
    }
}
