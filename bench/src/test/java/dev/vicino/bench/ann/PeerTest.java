package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerTest {
    @Test
    void labelsArePeersAndNoneIsNobody() {
        assertThat(Peer.of(List.of("jvector", "faiss"))).containsExactly(Peer.FAISS, Peer.JVECTOR);
        assertThat(Peer.of(List.of(Peer.NONE))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Peer.of(List.of("annoy")))
                .withMessageContainingAll("peers = annoy", "hnswlib", "jelmerk", "none");
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

    @Test
    void labelsAreWorks() {
        assertThat(Work.of(List.of("live", "search"))).containsExactly(Work.SEARCH, Work.LIVE);
        assertThat(Work.of(List.of())).containsExactly(Work.values());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Work.of(List.of("all")))
                .withMessageContainingAll("work = all", "search", "filtered");
    }
}
