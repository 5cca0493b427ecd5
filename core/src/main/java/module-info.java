/**
 * Nearest-neighbour search over float32 vectors: exact scans, and the index files they live in.
 *
 * <p>{@code dev.vicino} is all that a user names. The kernels use the incubating Vector API where the JVM was started with
 * {@code --add-modules jdk.incubator.vector}, and plain loops where it was not.
 */
@org.jspecify.annotations.NullMarked
module dev.vicino.core {
    requires static jdk.incubator.vector;
    requires static transitive org.jspecify;

    exports dev.vicino;
    exports dev.vicino.advise;
    exports dev.vicino.card;
    exports dev.vicino.io;

    uses dev.vicino.card.CardProvider;
}
