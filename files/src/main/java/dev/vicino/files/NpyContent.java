package dev.vicino.files;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What an npy file is read for, which decides the types and shapes that it may have. */
enum NpyContent {
    VECTORS(2, "two dimensions, (rows, columns)"),
    IDS(1, "one or two dimensions, (rows,) or (rows, columns)");

    private final int minDimensions;
    private final String shapes;

    NpyContent(int minDimensions, String shapes) {
        this.minDimensions = minDimensions;
        this.shapes = shapes;
    }

    boolean accepts(Element element) {
        return switch (element) {
            case FLOAT16, FLOAT32, FLOAT64 -> this == VECTORS;
            case INT32, UINT32, INT64 -> this == IDS;
            case UINT8 -> false;
        };
    }

    boolean accepts(int dimensions) {
        return dimensions >= minDimensions && dimensions <= 2;
    }

    /** The types accepted, for messages. */
    String elements() {
        return Arrays.stream(Element.values())
                .filter(this::accepts)
                .map(Element::label)
                .collect(Collectors.joining(" or "));
    }

    /** The shapes accepted, for messages. */
    String shapes() {
        return shapes;
    }
}
