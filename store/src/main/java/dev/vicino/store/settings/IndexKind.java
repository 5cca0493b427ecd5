package dev.vicino.store.settings;

import java.util.Locale;

/** What a payload index takes the values of its field for. */
public enum IndexKind {
    KEYWORD,
    INTEGER,
    FLOAT,
    BOOL,
    DATETIME,
    UUID,
    GEO,
    TEXT;

    /** The kind as it is written in settings: {@code keyword}, {@code integer} … */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind of a label.
     *
     * @throws IllegalArgumentException for a label that no kind has
     */
    public static IndexKind parse(String label) {
        for (IndexKind kind : values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("payload index = " + label
                + ", expected one of keyword, integer, float, bool, datetime, uuid, geo, text");
    }
}
