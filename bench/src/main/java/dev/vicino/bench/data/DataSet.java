package dev.vicino.bench.data;

import java.nio.file.Path;

/**
 * Vectors and queries in two npy files of float32, so that both sides read the same bits.
 *
 * @param name as the table calls it
 * @param base vectors × dimension
 * @param queries queryCount × dimension
 */
public record DataSet(String name, Path base, Path queries, int vectors, int queryCount, int dimension) {
    /** As remarks call it: {@code minilm 130,000 × 384}. */
    public String title() {
        return "%s %,d × %d".formatted(name, vectors, dimension);
    }
}
