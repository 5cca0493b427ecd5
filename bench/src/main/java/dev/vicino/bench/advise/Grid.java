package dev.vicino.bench.advise;

import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import dev.vicino.advise.Meter;
import dev.vicino.advise.Questions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Every family at every effort, over the same vectors: what anybody would do who does not mind how long it takes. */
final class Grid implements AutoCloseable {
    private static final double NANOS_A_SECOND = 1e9;
    private static final List<String> CODES =
            List.of("", ",SQ8,Refine(Flat)", ",RaBitQ,Refine(Flat)", ",RaBitQ2,Refine(Flat)", ",RaBitQ4,Refine(Flat)");
    private static final List<String> CODES_OF_L1 = CODES.subList(0, 2);
    private static final List<Integer> LINKS = List.of(8, 16, 32);

    private final List<VectorIndex> indexes = new ArrayList<>();
    private final List<Cell> cells = new ArrayList<>();
    private double seconds;

    /**
     * An index at an effort.
     *
     * @param effort 0 for exact search
     * @param recall mean of the queries of the grid
     * @param micros mean time of a search
     */
    record Cell(VectorIndex index, int effort, double recall, double micros) {}

    private Grid() {}

    static Grid of(Material material, Questions questions, AdviseScale scale, int threads, Consumer<String> remark) {
        Grid grid = new Grid();
        try {
            long start = System.nanoTime();
            for (String spec : specs(material.metric())) {
                remark.accept("  grid: " + spec);
                grid.measure(spec, material, questions, scale, threads);
            }
            grid.seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
            return grid;
        } catch (Throwable e) {
            grid.close();
            throw e;
        }
    }

    static List<String> specs(Metric metric) {
        List<String> specs = new ArrayList<>(List.of("Flat"));
        for (int links : LINKS) {
            for (String code : metric == Metric.L1 ? CODES_OF_L1 : CODES) {
                specs.add("HNSW" + links + code);
            }
        }
        return specs;
    }

    private void measure(String spec, Material material, Questions questions, AdviseScale scale, int threads) {
        VectorIndex index = Vicino.index(material.copy())
                .metric(material.metric())
                .spec(spec)
                .threads(threads)
                .build();
        indexes.add(index);
        Meter meter = Meter.clock();
        float[][] queries = material.queries(scale.gridQueries());
        for (int effort : IndexSpec.parse(spec).isExact() ? List.of(0) : scale.efforts()) {
            double recall = Arrays.stream(questions.recalls(index, effort, threads))
                    .average()
                    .orElseThrow();
            double micros = meter.latency(index, queries, questions.k(), effort).mean();
            cells.add(new Cell(index, effort, recall, micros));
        }
    }

    /** The fastest that reaches a recall; exact search does. */
    Optional<Cell> best(double recall) {
        return cells.stream().filter(cell -> cell.recall >= recall).min(Comparator.comparingDouble(Cell::micros));
    }

    /** How long all of it took. */
    double seconds() {
        return seconds;
    }

    @Override
    public void close() {
        indexes.forEach(VectorIndex::close);
    }
}
