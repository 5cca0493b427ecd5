package dev.vicino.cli.demo;

import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.List;

/** Texts to search in, and questions to start with. */
interface Corpus {
    /** The name that chooses this corpus on the command line, lower case. */
    String name();

    /** What the texts are, in a few words, for a person. */
    String title();

    /** Of what the entries were made: another version may have other entries, the same version has the same ones. */
    String version() throws IOException;

    /**
     * The texts, no two equal.
     *
     * @param progress hears how many units of the source were read, in whatever unit it has
     */
    List<Entry> entries(Progress progress) throws IOException;

    /** Three questions that this corpus answers well. */
    List<String> questions();
}
