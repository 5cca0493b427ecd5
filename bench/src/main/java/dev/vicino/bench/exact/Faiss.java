package dev.vicino.bench.exact;

import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.Launch;
import java.io.IOException;

/** FAISS, by a script of ours in a Python process. */
final class Faiss {
    /** The flat index with the settings that FAISS comes with: below some 300 queries a batch runs as single queries do. */
    static final String FLAT = "flat";

    /** The same with the matrix product from 20 queries on. */
    static final String FLAT_PRODUCT = "flat-product";

    /** IndexFlatIPPanorama on principal components. */
    static final String PANORAMA = "panorama";

    private Faiss() {}

    /**
     * Starts the process.
     *
     * @param python the command that runs Python 3
     * @throws IOException when there is no such command, or it has no FAISS
     */
    static Child start(String python) throws IOException {
        return Child.start("FAISS", Launch.python(python, Faiss.class, "faiss_child.py"), Launch.LARGE_PAGES);
    }

    /** What the table calls a kind. */
    static String label(String kind) {
        return switch (kind) {
            case FLAT -> "FAISS IndexFlatIP";
            case FLAT_PRODUCT -> "FAISS IndexFlatIP, threshold 20";
            case PANORAMA -> "FAISS IndexFlatIPPanorama";
            default -> throw new IllegalArgumentException("kind = " + kind + ", expected one of FAISS");
        };
    }
}
