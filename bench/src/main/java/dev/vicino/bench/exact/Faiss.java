package dev.vicino.bench.exact;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** FAISS, by a script of ours in a Python process. */
final class Faiss {
    /** The flat index with the settings that FAISS comes with: below some 300 queries a batch runs as single queries do. */
    static final String FLAT = "flat";

    /** The same with the matrix product from 20 queries on. */
    static final String FLAT_PRODUCT = "flat-product";

    /** IndexFlatIPPanorama on principal components. */
    static final String PANORAMA = "panorama";

    /** Large pages for what the C library allocates, as our rows have. */
    private static final Map<String, String> ENVIRONMENT = Map.of("GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

    private Faiss() {}

    /**
     * Starts the process.
     *
     * @param python the command that runs Python 3
     * @throws IOException when there is no such command, or it has no FAISS
     */
    static Child start(String python) throws IOException {
        return Child.start("FAISS", List.of(python, "-u", "-c", script()), ENVIRONMENT);
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

    private static String script() throws IOException {
        try (InputStream in = Faiss.class.getResourceAsStream("faiss_child.py")) {
            return new String(
                    Objects.requireNonNull(in, "faiss_child.py is missing from the jar")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        }
    }
}
