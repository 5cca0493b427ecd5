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
import java.util.stream.Stream;

/** Every family at every effort, over the same vectors: what anybody would do who does not mind how long it takes. */
final class Grid implements AutoCloseable {
    private static final double NANOS_A_SECOND = 1e9;
    private static final List<String> CODES =
            List.of("", ",SQ8,Refine(Flat)", ",RaBitQ,Refine(Flat)", ",RaBitQ2,Refine(Flat)", ",RaBitQ4,Refine(Flat)");
    private static final List<String> CODES_OF_L1 = CODES.subList(0, 2);
    private static final List<Integer> LINKS = List.of(8, 16, 32);
    private static final List<Integer> FEW_LISTS = List.of(1, 2, 3, 4, 6, 8);

    /** Beyond, trees look at all rows. */
    private static final int TREE_DIMENSION = 20;

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
            for (String spec : specs(material)) {
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

    static List<String> specs(Material material) {
        List<String> specs = new ArrayList<>(List.of("Flat"));
        if (material.base().dimension() <= TREE_DIMENSION) {
            specs.addAll(List.of("KDTree", "BallTree"));
        }
        List<String> codes = material.metric() == Metric.L1 ? CODES_OF_L1 : CODES;
        for (int links : LINKS) {
            for (String code : codes) {
                specs.add("HNSW" + links + code);
            }
        }
        for (String code : codes) {
            specs.add("IVF" + lists(material.base().size()) + code);
        }
        return specs;
    }

    /** About four times the square root of n, as the field has it. */
    private static int lists(int n) {
        return Integer.highestOneBit((int) (4 * Math.sqrt(n)));
    }

    /** Nodes that a walk holds, or lists that are looked into. */
    private static List<Integer> efforts(IndexSpec spec, AdviseScale scale) {
        return switch (spec.navigator()) {
            case IndexSpec.Ivf ivf ->
                Stream.concat(FEW_LISTS.stream(), scale.efforts().stream())
                        .filter(effort -> effort <= ivf.nlist())
                        .toList();
            case IndexSpec.Hnsw hnsw -> scale.efforts();
            default -> List.of(0);
        };
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
        for (int effort : efforts(IndexSpec.parse(spec), scale)) {
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
