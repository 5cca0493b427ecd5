package dev.vicino.bench.ann;

import dev.vicino.bench.ann.engine.Graph;
import dev.vicino.command.Labels;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Programs that ours is compared with. */
enum Peer {
    /** By Python. */
    FAISS,
    /** By a program of ours, compiled with its headers. */
    HNSWLIB,
    /** On a JVM. */
    LUCENE,
    /** On a JVM. */
    JVECTOR,
    /** On a JVM, by JNI. */
    VOYAGER,
    /** On a JVM. */
    JELMERK,
    /** Nobody: whoever asks for it alone has ours alone. */
    NONE;

    static final int M = 16;
    static final int EF_CONSTRUCTION = 200;

    /** Fewer lose recall that more lists do not bring back, more cost more than they find. */
    private static final List<Integer> TIMES_COMPARED = List.of(4, 8, 16);

    /** hnswlib as the float32 graph and builds are compared with it. */
    static final Entrant HNSWLIB_16 = HNSWLIB.entrant("hnswlib", "hnswlib M16", "HNSW16", M);

    /** The name on the command line. */
    @Override
    public String toString() {
        return Labels.of(this);
    }

    /** Its indexes in a race; those of one group are settings of the same, of which the best counts. */
    List<Entrant> entrants() {
        return switch (this) {
            case FAISS ->
                List.of(
                        entrant("FAISS HNSWFlat", "FAISS HNSWFlat M16", "HNSW16,Flat", M),
                        entrant("FAISS HNSWFlat", "FAISS HNSWFlat M32", "HNSW32,Flat", 2 * M),
                        entrant("FAISS HNSWSQ", "FAISS HNSWSQ M16", "HNSW16,SQ8", M),
                        entrant("FAISS HNSWSQ", "FAISS HNSWSQ M16, refined", "HNSW16,SQ8,RFlat", M),
                        entrant("FAISS HNSWRaBitQ", "FAISS HNSWRaBitQ M16, refined", "HNSW16,RaBitQ,RFlat", M));
            case HNSWLIB -> List.of(HNSWLIB_16, entrant("hnswlib", "hnswlib M32", "HNSW32", 2 * M));
            case LUCENE -> List.of(entrant("Lucene", "Lucene M16", "HNSW16", M));
            case JVECTOR -> List.of(entrant("JVector", "JVector M16", "HNSW16", M));
            case VOYAGER -> List.of(entrant("Voyager", "Voyager M16", "HNSW16", M));
            case JELMERK -> List.of(entrant("jelmerk", "jelmerk M16", "HNSW16", M));
            case NONE -> List.of();
        };
    }

    /**
     * Inverted lists of FAISS: how many times k are compared again is a setting of the same index, and behind its factory string.
     *
     * @param kind a factory string that ends with RFlat
     */
    static List<Entrant> faissLists(String kind) {
        return TIMES_COMPARED.stream()
                .map(times -> FAISS.entrant("FAISS " + kind, "FAISS " + kind + " ×" + times, kind + " " + times, M))
                .toList();
    }

    private Entrant entrant(String group, String name, String kind, int m) {
        return new Entrant(this, group, name, new Graph(kind, m, EF_CONSTRUCTION));
    }

    /** How many times faster the default graph must be than a group at recall 0.95 and 0.99; null where nobody said. */
    static @Nullable Double asked(String group) {
        return switch (group) {
            case "hnswlib" -> 3.2;
            case "FAISS HNSWFlat" -> 3.6;
            case "Lucene", "JVector" -> 3.0;
            default -> null;
        };
    }
}
