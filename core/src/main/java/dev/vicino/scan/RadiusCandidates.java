package dev.vicino.scan;

/** The rows that may lie within a radius; each is decided at once. */
final class RadiusCandidates implements Candidates {
    private final Distances distances;
    private final Query query;
    private final WithinRadius within;
    private long exact;

    RadiusCandidates(Distances distances, Query query, float radius, Ids ids) {
        this.distances = distances;
        this.query = query;
        this.within = new WithinRadius(radius, ids);
    }

    @Override
    public float threshold() {
        return within.threshold();
    }

    @Override
    public void add(float lower, float upper, int ordinal) {
        exact++;
        within.add(distances.compute(query, ordinal), ordinal);
    }

    @Override
    public Hits finish(String plan) {
        return within.drain(new Hits.Work(plan, 0, exact));
    }
}
