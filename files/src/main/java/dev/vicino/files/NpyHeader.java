package dev.vicino.files;

import dev.vicino.io.CorruptFileException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The dictionary in an npy file: {@code {'descr': '<f4', 'fortran_order': False, 'shape': (1000, 384), }}, keys in any
 * order.
 */
final class NpyHeader {
    /**
     * A key, a value (a quoted name, a constant, a tuple or a list) and what ends the entry. Possessive over blanks, so
     * that no header takes long to refuse.
     */
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*+(['\"])(\\w+)\\1\\s*+:\\s*+('[^']*'|\"[^\"]*\"|True|False|\\([^()]*\\)|\\[.*\\])\\s*+(,|(?=\\}))",
            Pattern.DOTALL);
    /** One or two lengths, which a {@code long} holds; Python 2 wrote {@code 1000L}. */
    private static final Pattern SHAPE =
            Pattern.compile("\\(\\s*+(\\d{1,18})L?\\s*+(?:,\\s*+(?:(\\d{1,18})L?\\s*+,?\\s*+)?)?\\)");

    private static final int EXCERPT_CHARS = 80;

    private final Input input;
    private final long offset;
    private final String text;

    /**
     * @param input stands behind the header
     * @param offset where the dictionary begins in the file, in bytes
     * @param text the dictionary
     */
    NpyHeader(Input input, long offset, String text) {
        this.input = input;
        this.offset = offset;
        this.text = text;
    }

    /** @throws CorruptFileException for a type, an order or a shape that is not read, and for data of another length */
    Layout layout(NpyContent content) throws CorruptFileException {
        Map<String, String> entries = entries();
        String descr = entry(entries, "descr");
        Element element = element(descr, content);
        String fortran = entry(entries, "fortran_order");
        if (!fortran.equals("False")) {
            throw corrupt(
                    "fortran_order", fortran, "False: rows one after another (numpy.ascontiguousarray makes it so)");
        }
        Matcher shape = shape(entry(entries, "shape"), content);
        long rows = Long.parseLong(shape.group(1));
        long columns = shape.group(2) == null ? 1 : Long.parseLong(shape.group(2));
        if (!Layout.isColumns(columns)) {
            throw corrupt("the number of columns", columns, Layout.COLUMNS_EXPECTED);
        }
        ByteOrder order = descr.charAt(1) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        var layout = new Layout(element, order, input.position(), 0, rows, (int) columns);
        checkLength(layout);
        return layout;
    }

    private Map<String, String> entries() throws CorruptFileException {
        Map<String, String> entries = new HashMap<>();
        Matcher matcher = ENTRY.matcher(text);
        int at = text.startsWith("{") ? 1 : 0;
        while (matcher.region(at, text.length()).lookingAt()) {
            if (entries.put(matcher.group(2), matcher.group(3)) != null) {
                throw malformed();
            }
            at = matcher.end();
        }
        if (!text.startsWith("{") || !text.substring(at).strip().equals("}") || entries.size() != 3) {
            throw malformed();
        }
        return entries;
    }

    private String entry(Map<String, String> entries, String key) throws CorruptFileException {
        String value = entries.get(key);
        if (value == null) {
            throw malformed();
        }
        return value;
    }

    /** @param descr a quoted name such as {@code '<f4'}, or the list of a structured type */
    private Element element(String descr, NpyContent content) throws CorruptFileException {
        for (Element element : Element.values()) {
            if (content.accepts(element) && descr.matches("['\"][<>]" + element.code() + "['\"]")) {
                return element;
            }
        }
        throw corrupt("the type (descr)", excerpt(descr), content.elements());
    }

    private Matcher shape(String tuple, NpyContent content) throws CorruptFileException {
        Matcher shape = SHAPE.matcher(tuple);
        if (!shape.matches() || !content.accepts(shape.group(2) == null ? 1 : 2)) {
            throw corrupt("the shape", excerpt(tuple), content.shapes());
        }
        return shape;
    }

    private void checkLength(Layout layout) throws CorruptFileException {
        long found = input.size() - layout.offset();
        // Divided, not multiplied: the product of what a damaged header claims may overflow.
        if (found % layout.rowBytes() != 0 || found / layout.rowBytes() != layout.rows()) {
            throw input.corrupt(
                    layout.offset(),
                    "the data",
                    found + " bytes long",
                    layout.rows() + " rows of " + layout.rowBytes() + " bytes, as the header says");
        }
    }

    private CorruptFileException malformed() {
        return corrupt("the header", excerpt(text), "a dictionary of descr, fortran_order and shape, each once");
    }

    private CorruptFileException corrupt(String what, Object found, Object expected) {
        return input.corrupt(offset, what, found, expected);
    }

    private static String excerpt(String text) {
        String line = text.strip();
        return line.length() <= EXCERPT_CHARS ? line : line.substring(0, EXCERPT_CHARS) + "…";
    }
}
