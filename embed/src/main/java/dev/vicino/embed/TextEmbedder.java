package dev.vicino.embed;

import dev.vicino.io.Progress;
import java.util.List;

/**
 * A model that turns text into a vector, such that texts of like meaning have vectors of high cosine.
 *
 * <p>The same text has the same vector, alone or among others. Any number of threads may embed at once.
 */
public interface TextEmbedder extends AutoCloseable {
    /** The model; vectors of two models with one name can be compared, all others cannot. */
    String name();

    /** Values in a vector, d. */
    int dimension();

    /**
     * Embeds one text on the caller's thread.
     *
     * @param text any text, the empty one too; what is too long for the model is cut at the end
     * @return d values of unit norm
     * @throws IllegalStateException after {@link #close}
     */
    float[] embed(String text);

    /**
     * Embeds many texts on all cores.
     *
     * @param progress hears of texts done; called by one thread at a time
     * @return n rows of d values, in the order of the texts
     * @throws IllegalStateException after {@link #close}
     */
    float[][] embedAll(List<String> texts, Progress progress);

    /** Frees the model once no text is under way any more. Closing twice does nothing. */
    @Override
    void close();
}
