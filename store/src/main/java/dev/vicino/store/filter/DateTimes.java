package dev.vicino.store.filter;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Date-times as texts: RFC 3339, the zone or the time left out too, which is then UTC or midnight. */
public final class DateTimes {
    private static final int DATE_LENGTH = "2026-01-31".length();

    private static final double NANOS_A_SECOND = 1e9;

    private DateTimes() {}

    /** The instant of a text; null for a text of no such form. */
    public static @Nullable Instant parse(String text) {
        if (text.length() < DATE_LENGTH || text.charAt(4) != '-') {
            return null;
        }
        try {
            if (text.length() == DATE_LENGTH) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            String joined = text.charAt(DATE_LENGTH) == ' '
                    ? text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1)
                    : text;
            return hasZone(joined)
                    ? OffsetDateTime.parse(joined).toInstant()
                    : LocalDateTime.parse(joined).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean hasZone(String text) {
        return text.endsWith("Z") || text.endsWith("z") || text.indexOf('+') > 0 || text.lastIndexOf('-') > DATE_LENGTH;
    }

    /** The seconds since 1970, which date-times are sorted by. */
    public static double seconds(Instant instant) {
        return instant.getEpochSecond() + instant.getNano() / NANOS_A_SECOND;
    }
}
