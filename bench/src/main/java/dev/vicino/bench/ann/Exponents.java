package dev.vicino.bench.ann;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * How figures grow with the number of vectors: n to the power of these, fitted by least squares of logarithms; null where fewer than two
 * sizes have the figure.
 *
 * @param build seconds
 * @param memory bytes
 * @param search seconds a query at recall 0.95
 */
record Exponents(
        @Nullable Double build,
        @Nullable Double memory,
        @Nullable Double search) {
    static Exponents of(List<GrowthRow> rows) {
        return new Exponents(
                fit(rows, GrowthRow::buildSeconds),
                fit(rows, GrowthRow::bytesMemory),
                fit(rows.stream().filter(row -> row.qps() != null).toList(), Exponents::secondsAQuery));
    }

    private static double secondsAQuery(GrowthRow row) {
        Double qps = row.qps();
        return qps == null ? Double.NaN : 1 / qps;
    }

    private static @Nullable Double fit(List<GrowthRow> rows, ToDoubleFunction<GrowthRow> figure) {
        double meanX = rows.stream().mapToDouble(Exponents::x).average().orElse(0);
        double meanY = rows.stream()
                .mapToDouble(row -> Math.log(figure.applyAsDouble(row)))
                .average()
                .orElse(0);
        double products = 0;
        double squares = 0;
        for (GrowthRow row : rows) {
            products += (x(row) - meanX) * (Math.log(figure.applyAsDouble(row)) - meanY);
            squares += (x(row) - meanX) * (x(row) - meanX);
        }
        return squares == 0 ? null : products / squares;
    }

    private static double x(GrowthRow row) {
        return Math.log(row.vectors());
    }
}
