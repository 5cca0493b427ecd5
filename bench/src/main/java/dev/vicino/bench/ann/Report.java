package dev.vicino.bench.ann;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench ann --json} prints.
 *
 * @param kernels what our kernels run on
 * @param java version of the JVM
 * @param cores that the JVM may use
 * @param rounds turns of everybody
 * @param affinity which thread runs where
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
record Report(
        String kernels,
        String java,
        int cores,
        int rounds,
        String affinity,
        String data,
        int vectors,
        int dimension,
        int queries,
        int k,
        List<Row> rows,
        List<CurveRow> curves,
        List<BuildRow> builds,
        List<GrowthRow> growth,
        @Nullable Exponents exponents,
        List<String> charts,
        List<LeftOut> leftOut) {}
