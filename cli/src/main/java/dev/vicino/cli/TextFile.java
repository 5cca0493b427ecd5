package dev.vicino.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of texts.
 *
 * @param file UTF-8
 * @param field the field of the objects that holds the text, one object a line, blank lines left out; null for a text
 *     a line
 */
record TextFile(Path file, @Nullable String field) {
    /** How texts lie in a file. */
    enum Kind {
        /** One a line. */
        TXT,
        /** JSON lines: a field of one object a line. */
        JSONL;

        private static Kind of(Path file) {
            String name = file.toString().toLowerCase(Locale.ROOT);
            for (Kind kind : values()) {
                if (name.endsWith("." + kind.label())) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("file = " + file + ", expected a name that ends in .txt or .jsonl");
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String DEFAULT_FIELD = "text";

    private static final ObjectReader JSON =
            JsonMapper.builder().build().reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What is done with a text. */
    @FunctionalInterface
    interface Action {
        void accept(String text) throws IOException;
    }

    /**
     * @param kind what the file is, or null for what its name tells
     * @param field of JSON lines; null for {@code text}
     * @throws IllegalArgumentException for a name that tells no kind, or a field of a file that has none
     */
    static TextFile of(Path file, @Nullable Kind kind, @Nullable String field) {
        return switch (kind == null ? Kind.of(file) : kind) {
            case JSONL -> new TextFile(file, field == null ? DEFAULT_FIELD : field);
            case TXT -> {
                if (field != null) {
                    throw new IllegalArgumentException(
                            "field = " + field + ", expected none: " + file + " has a text a line, and no fields");
                }
                yield new TextFile(file, null);
            }
        };
    }

    /**
     * Hands every text to {@code action}.
     *
     * @throws CorruptFileException for a line that is not UTF-8, or not an object with the text
     */
    void forEach(Action action) throws IOException {
        try (Utf8Lines lines = Utf8Lines.open(file)) {
            while (lines.next()) {
                if (field == null) {
                    action.accept(lines.text());
                } else if (!lines.text().isBlank()) {
                    action.accept(fieldOf(lines, field));
                }
            }
        }
    }

    private static String fieldOf(Utf8Lines line, String field) throws IOException {
        JsonNode object;
        try {
            object = JSON.readTree(line.text());
        } catch (JsonProcessingException e) {
            CorruptFileException corrupt = line.corrupt("not JSON (" + e.getOriginalMessage() + ")", "an object");
            corrupt.initCause(e);
            throw corrupt;
        }
        JsonNode text = object.get(field);
        if (text == null || !text.isTextual()) {
            String found = text == null ? "without the field '" + field + "'" : field + " = " + text;
            throw line.corrupt(found, "an object with a text in the field '" + field + "'");
        }
        return text.textValue();
    }
}
