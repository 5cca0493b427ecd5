package dev.vicino.bench.ann;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.LeftOut;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench ann --json} prints.
 *
 * @param data name of the vectors
 * @param queries how many were asked in a pass
 * @param k neighbours of each
 * @param rows figures beside what was asked
 * @param curves every index of the race
 * @param builds every index of the race
 * @param growth sizes, where they were asked for
 * @param exponents of growth
 * @param charts files that were written
 * @param leftOut who could not take part
 */
record AnnReport(
        @JsonUnwrapped Conditions conditions,
        String data,
        int vectors,
        int dimension,
        int queries,
        int k,
        List<FigureRow> rows,
        List<CurveRow> curves,
        List<BuildRow> builds,
        List<GrowthRow> growth,
        @Nullable Exponents exponents,
        List<String> charts,
        List<LeftOut> leftOut) {}
