package dev.vicino;

/**
 * What an index is made of, as a text that FAISS users know: {@code Flat}, {@code Flat(prune=false)}.
 *
 * <p>{@link #toString} gives the canonical form, which parses to an equal spec.
 *
 * @param navigator where to look for neighbours
 */
public record IndexSpec(Navigator navigator) {
    /** Where to look. */
    public sealed interface Navigator permits Flat {}

    /**
     * Everywhere: exact search.
     *
     * @param prune whether to pass over rows that a proven bound excludes, where that pays
     */
    public record Flat(boolean prune) implements Navigator {
        @Override
        public String toString() {
            return prune ? "Flat" : "Flat(prune=false)";
        }
    }

    /**
     * Reads a spec.
     *
     * @throws IllegalArgumentException pointing at the part that is not understood
     */
    public static IndexSpec parse(String text) {
        return new SpecParser(text).spec();
    }

    @Override
    public String toString() {
        return navigator.toString();
    }
}
