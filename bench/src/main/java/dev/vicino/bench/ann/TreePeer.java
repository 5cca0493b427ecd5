package dev.vicino.bench.ann;

import java.util.Arrays;
import java.util.List;

/** Trees that ours are compared with, by Python. */
enum TreePeer {
    SCIPY("cKDTree", "scipy cKDTree", "KDTree"),
    SKLEARN_KD("KDTree", "scikit-learn KDTree", "KDTree"),
    SKLEARN_BALL("BallTree", "scikit-learn BallTree", "BallTree");

    /** The class. */
    final String kind;

    /** As the table names it. */
    final String label;

    private final String rival;

    TreePeer(String kind, String label, String rival) {
        this.kind = kind;
        this.label = label;
        this.rival = rival;
    }

    /** All, unless nobody is to be compared with. */
    static List<TreePeer> of(List<Peer> peers) {
        return peers.equals(List.of(Peer.NONE)) ? List.of() : List.of(values());
    }

    /** Whether a name in the table is that of one of these. */
    static boolean isOne(String name) {
        return Arrays.stream(values()).anyMatch(peer -> peer.label.equals(name));
    }

    /** Whether one of these is of the kind of one of ours. */
    static boolean isRival(String name, String ours) {
        return Arrays.stream(values()).anyMatch(peer -> peer.label.equals(name) && ours.startsWith(peer.rival));
    }
}
