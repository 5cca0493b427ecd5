package dev.vicino.advise;

import dev.vicino.Goals;
import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The specs that may do for some vectors and goals. A new kind of index takes part by a line here and a case of {@link CostModel}. */
final class Candidates {
    /** The exact scan, which is always one of them. */
    static final IndexSpec FLAT = IndexSpec.parse("Flat");

    /** More are not tried. */
    private static final int MOST = 6;

    /** Beyond, trees look at all rows. */
    private static final int TREE_DIMENSION = 20;

    /** With fewer values a row is no longer than its code. */
    private static final int CODED_DIMENSION = 32;

    /** So many times the predicted time of the fastest is too slow, whatever the prediction is off by. */
    private static final double TOO_SLOW = 8;

    private Candidates() {}

    /** All that are thought of but the exact scan, by their predicted latency; where nothing may be missed, the exact ones alone. */
    static List<Candidate> of(DataProfile data, CostModel costs, Goals goals) {
        return specs(data, goals).stream()
                .map(IndexSpec::parse)
                .filter(spec -> goals.recall() < 1 || spec.isExact())
                .map(spec -> new Candidate(spec, costs.predict(spec, goals.recall(), goals.k())))
                .sorted(Comparator.comparingDouble(
                        candidate -> candidate.predicted().latencyMicros()))
                .toList();
    }

    /** Those of them that are worth trying. */
    static List<Candidate> promising(List<Candidate> all) {
        if (all.isEmpty()) {
            return all;
        }
        double slowest = TOO_SLOW * all.getFirst().predicted().latencyMicros();
        return all.stream()
                .filter(candidate -> candidate.predicted().latencyMicros() <= slowest)
                .limit(MOST)
                .toList();
    }

    private static List<String> specs(DataProfile data, Goals goals) {
        List<String> specs = new ArrayList<>(List.of("HNSW16"));
        if (data.dimension() <= TREE_DIMENSION) {
            specs.addAll(List.of("KDTree", "BallTree"));
        }
        if (data.dimension() < CODED_DIMENSION) {
            specs.add("HNSW8");
            return specs;
        }
        int nlist = lists(data.vectors());
        specs.add("IVF" + nlist + ",SQ8,Refine(Flat)");
        specs.add("HNSW16,SQ8,Refine(Flat)");
        if (data.metric() != Metric.L1) {
            specs.addAll(List.of(
                    "IVF" + nlist + ",RaBitQ,Refine(Flat)",
                    "HNSW16,RaBitQ,Refine(Flat)",
                    "HNSW16,RaBitQ2,Refine(Flat)",
                    "HNSW16,RaBitQ4,Refine(Flat)",
                    "HNSW32,RaBitQ2,Refine(Flat)"));
            if (goals.memory() < Goals.ANY_MEMORY) {
                specs.addAll(List.of("IVF" + nlist + ",RaBitQ,Refine(SQ8)", "HNSW16,RaBitQ2,Refine(SQ8)"));
            }
        }
        return specs;
    }

    /** About four times the square root of n: as much work to find lists as to look into them. */
    private static int lists(int n) {
        return Math.max(1, Integer.highestOneBit((int) (4 * Math.sqrt(n))));
    }
}
