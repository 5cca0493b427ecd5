package dev.vicino.files;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A way in which vectors lie in a file. */
public enum Format {
    /** Rows of float32, little-endian, each behind its dimension as an int32. */
    FVECS,
    /** Rows of unsigned bytes, each behind its dimension as a little-endian int32. */
    BVECS,
    /** Rows of int32, little-endian, each behind its dimension as an int32; ids, or whole numbers. */
    IVECS,
    /** A NumPy array: a header that says type and shape, then the numbers. */
    NPY,
    /** JSON lines: one vector a line, alone or as a field of an object. */
    JSONL;

    /** The format as it is written on the command line: {@code fvecs}, {@code npy} and so on. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format that the ending of a file's name tells, in upper or lower case.
     *
     * @throws IllegalArgumentException for an ending that no format has, naming those that exist
     */
    public static Format of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        for (Format format : values()) {
            if (name.endsWith("." + format.label())) {
                return format;
            }
        }
        throw new IllegalArgumentException("file = " + file + ", expected a name that ends in one of " + labels("."));
    }

    /** @throws IllegalArgumentException for a label that no format has, naming those that exist */
    public static Format parse(String label) {
        for (Format format : values()) {
            if (format.label().equals(label)) {
                return format;
            }
        }
        throw new IllegalArgumentException("format = " + label + ", expected one of " + labels(""));
    }

    private static String labels(String before) {
        return Arrays.stream(values()).map(format -> before + format.label()).collect(Collectors.joining(", "));
    }
}
