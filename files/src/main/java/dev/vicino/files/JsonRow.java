package dev.vicino.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The numbers of one line of JSON: an array, or an object with an array in one of the {@link #FIELDS}, of which the
 * earliest listed one counts. Other fields are passed over. Used again for every line; not safe for use by several
 * threads.
 */
final class JsonRow {
    static final List<String> FIELDS = List.of("vector", "embedding", "values");

    private static final String EXPECTED = "an array of numbers, or an object with one as vector, embedding or values";

    /** Where Jackson says that a bracket was opened, which is right for no file that anybody has. */
    private static final Pattern SOURCE = Pattern.compile(" \\([^(]*\\[Source: .*");

    private static final int EXCERPT_CHARS = 40;

    /**
     * NaN and the infinities, as Python writes them, are read so that they can be refused by row and column. Numbers
     * are nearly all that there is, so the faster of Jackson's two ways to parse them is worth it; both round
     * correctly.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private final LineInput line;
    private float[] values = new float[64];
    private int length;
    private long row;

    /** @param line stands at the line to parse whenever {@link #parse} is called */
    JsonRow(LineInput line) {
        this.line = line;
    }

    float[] values() {
        return values;
    }

    /** How many of {@link #values} the line has, at least 1. */
    int length() {
        return length;
    }

    /**
     * Reads the line at which the input stands.
     *
     * @param row the row's number, for messages
     */
    void parse(long row) throws CorruptFileException {
        this.row = row;
        try (JsonParser parser = JSON.createParser(line.buffer(), line.start(), line.length())) {
            switch (parser.nextToken()) {
                case START_ARRAY -> array(parser);
                case START_OBJECT -> object(parser);
                case null, default -> throw line.corrupt(line.offset(), where(), line.excerpt(), EXPECTED);
            }
            if (parser.nextToken() != null) {
                throw corrupt(parser, where(), "followed by " + excerpt(parser), "one value a line");
            }
        } catch (CorruptFileException e) {
            throw e;
        } catch (JsonProcessingException e) {
            long within = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
            throw broken(within, SOURCE.matcher(e.getOriginalMessage()).replaceFirst(""), e);
        } catch (IOException e) { // the bytes are in memory, so this too is what they say: a broken encoding
            throw broken(0, String.valueOf(e.getMessage()), e);
        }
    }

    /** Where the line is, for messages. */
    String where() {
        return "line " + line.number() + " (row " + row + ")";
    }

    private void object(JsonParser parser) throws IOException {
        int best = FIELDS.size();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int rank = FIELDS.indexOf(parser.currentName());
            if (parser.nextToken() == JsonToken.START_ARRAY && rank >= 0 && rank < best) {
                best = rank;
                array(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (best == FIELDS.size()) {
            throw line.corrupt(line.offset(), where(), line.excerpt(), EXPECTED);
        }
    }

    private void array(JsonParser parser) throws IOException {
        length = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            float value = parser.currentToken().isNumeric() ? parser.getFloatValue() : Float.NaN;
            if (!Float.isFinite(value)) {
                String expected = "a finite number that a float32 holds";
                throw corrupt(parser, where() + ", column " + length, excerpt(parser), expected);
            }
            if (length == Layout.MAX_COLUMNS) {
                throw corrupt(parser, where(), "over " + length + " numbers", Layout.COLUMNS_EXPECTED);
            }
            add(value);
        }
        if (length == 0) {
            throw corrupt(parser, where(), "an empty array", Layout.COLUMNS_EXPECTED + " numbers");
        }
    }

    private void add(float value) {
        if (length == values.length) {
            values = Arrays.copyOf(values, 2 * length);
        }
        values[length++] = value;
    }

    /** Says that the token at which the parser stands is at fault. */
    private CorruptFileException corrupt(JsonParser parser, String what, String found, String expected) {
        long within = parser.currentTokenLocation().getByteOffset();
        return line.corrupt(line.offset() + within, what, found, expected);
    }

    /** Says that the line is no JSON. */
    private CorruptFileException broken(long within, String message, IOException cause) {
        long offset = line.offset() + Math.max(0, within);
        var broken = line.corrupt(offset, where(), line.excerpt() + " (" + message + ")", "JSON on one line");
        broken.initCause(cause);
        return broken;
    }

    private static String excerpt(JsonParser parser) throws IOException {
        String text = parser.getText();
        return text.length() <= EXCERPT_CHARS ? text : text.substring(0, EXCERPT_CHARS) + "…";
    }
}
