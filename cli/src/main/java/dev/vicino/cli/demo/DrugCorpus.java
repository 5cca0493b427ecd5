package dev.vicino.cli.demo;

import dev.vicino.io.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One sentence each about some hundred drugs: a corpus that is there on every machine. For show, not for medical advice. */
final class DrugCorpus implements Corpus {
    private static final String RESOURCE = "drugs.tsv";

    @Override
    public String name() {
        return "drugs";
    }

    @Override
    public String title() {
        return "facts about drugs";
    }

    @Override
    public String version() throws IOException {
        return Integer.toHexString(text().hashCode());
    }

    @Override
    public List<String> questions() {
        return List.of(
                "Which drug lowers blood sugar?",
                "What helps against an opioid overdose?",
                "a plant that became a medicine for the heart");
    }

    @Override
    public List<Entry> entries(Progress progress) throws IOException {
        List<Entry> entries = text().lines().map(Entry::fromLine).toList();
        progress.update(entries.size(), entries.size());
        return entries;
    }

    private static String text() throws IOException {
        try (InputStream in = DrugCorpus.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("The drug facts are not on the class path: " + RESOURCE + " was not found");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
