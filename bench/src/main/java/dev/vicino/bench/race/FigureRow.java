package dev.vicino.bench.race;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vicino.command.Labels;
import org.jspecify.annotations.Nullable;

/**
 * A row of the table: a figure of ours, beside another where there is one.
 *
 * @param work what is compared, as the command line calls it
 * @param at under which conditions
 * @param unit of both values
 * @param ours who we are
 * @param oursValue the median of all rounds
 * @param against the other side; null where there is none
 * @param againstValue the median of all rounds
 * @param ratio of the two, round by round
 * @param asked what the ratio, or without one our value, was promised to be; null where nothing was
 */
public record FigureRow(
        String work,
        String at,
        String unit,
        String ours,
        double oursValue,
        @Nullable String against,
        @Nullable Double againstValue,
        @Nullable Ratio ratio,
        @Nullable Asked asked) {

    /** Of one side alone. */
    public static FigureRow alone(
            Enum<?> work, String at, String unit, String ours, double value, @Nullable Asked asked) {
        return new FigureRow(Labels.of(work), at, unit, ours, value, null, null, null, asked);
    }

    /** Whether the promise is kept; null where there is none. */
    @JsonProperty("reached")
    public @Nullable Boolean reached() {
        return asked == null ? null : asked.isReachedBy(ratio == null ? oursValue : ratio.median());
    }
}
