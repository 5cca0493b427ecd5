package dev.vicino.cli.demo;

import java.util.List;
import java.util.Map;

/**
 * What the demo did and found; for a program, its components are the fields of a JSON object.
 *
 * @param corpus name of the corpus searched, which is another than asked for where that one is not to be had
 * @param title what its texts are
 * @param texts how many there are, n
 * @param dimension values in a vector, d
 * @param model name of the model that embedded them
 * @param spec what the index is made of
 * @param kernels what the inner loops run on
 * @param regime how a question is answered, in two words
 * @param reason why so
 * @param cached whether an earlier run had done the work
 * @param folder where the work is kept
 * @param notes full sentences on what was not as expected
 * @param seconds time taken by each step, in their order
 * @param answers one a question
 */
public record Report(
        String corpus,
        String title,
        int texts,
        int dimension,
        String model,
        String spec,
        String kernels,
        String regime,
        String reason,
        boolean cached,
        String folder,
        List<String> notes,
        Map<String, Double> seconds,
        List<Answer> answers) {
    /** The report for a person: lines of at most {@value TextReport#COLUMNS} columns, the last one not ended. */
    public String text() {
        return TextReport.of(this);
    }
}
