package dev.vicino;

import dev.vicino.kernel.Rows;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How near two vectors are. Inside, a <em>distance</em> is a float of which smaller is always nearer; what a user sees is the
 * <em>score</em>: similarity for {@link #COSINE} and {@link #DOT} (higher is nearer), distance for {@link #L2} and {@link #L1}
 * (lower is nearer).
 */
public enum Metric {
    /** x·q / (‖x‖·‖q‖), in [−1, 1]. A zero vector has similarity 0 to everything. */
    COSINE(true),
    /** x·q, on vectors of any norm. */
    DOT(true),
    /**
     * ‖x−q‖, the Euclidean distance. Inside it is squared; the root is taken at the very end. Squares beyond the range of float are
     * taken for its largest value, so distances above 1.8·10¹⁹ are ties, and so are those below 10⁻²³, which are 0.
     */
    L2(false),
    /** Σ|xᵢ−qᵢ|, the Manhattan distance. */
    L1(false);

    private final boolean similarity;

    Metric(boolean similarity) {
        this.similarity = similarity;
    }

    /** Whether a higher score is nearer. */
    public boolean isSimilarity() {
        return similarity;
    }

    /** The form of its inner distance. */
    Form form() {
        return switch (this) {
            case COSINE -> Form.COSINE;
            case DOT -> Form.DOT;
            case L2 -> Form.SQUARED_L2;
            case L1 -> Form.L1;
        };
    }

    /** How near rows are to a query under this metric; the norms are inverse for {@link #COSINE}. */
    Distances distances(Rows rows, Norms norms) {
        return Distances.of(form(), rows, norms);
    }

    /** What a user sees for an inner distance. */
    float toScore(float distance) {
        return switch (this) {
            case COSINE, DOT -> 0f - distance; // not −distance: a similarity of zero has no sign
            case L2 -> (float) Math.sqrt(distance);
            case L1 -> distance;
        };
    }

    /** The inner distance of a score, rounded outwards by a hair where it must be rounded. */
    float toDistance(float score) {
        return switch (this) {
            case COSINE, DOT -> -score;
            case L2 -> score < 0 ? -1 : (float) Math.min(Float.MAX_VALUE, (double) score * score * (1 + 0x1p-22));
            case L1 -> score;
        };
    }

    /** Whether a score is at least as near as another. */
    boolean isWithin(float score, float radius) {
        return similarity ? score >= radius : score <= radius;
    }

    /** The metric as it is written on the command line and in files: {@code cosine}, {@code dot}, {@code l2}, {@code l1}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The metric of a label.
     *
     * @throws IllegalArgumentException for a label that no metric has, naming those that exist
     */
    public static Metric parse(String label) {
        for (Metric metric : values()) {
            if (metric.label().equals(label)) {
                return metric;
            }
        }
        throw new IllegalArgumentException("metric = " + label + ", expected one of "
                + Arrays.stream(values()).map(Metric::label).collect(Collectors.joining(", ")));
    }
}
