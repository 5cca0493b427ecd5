package dev.vicino.advise;

import dev.vicino.Goals;
import dev.vicino.Metric;
import dev.vicino.Vectors;
import dev.vicino.io.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the index that meets goals for some vectors, and builds it.
 *
 * <p>Not safe for use by several threads. The same vectors, queries and seed give the same advice where the times are the same and one
 * thread builds.
 */
public final class Advisor {
    private static final long SEED = 1;

    /** With fewer nothing can be said. */
    private static final int FEWEST_QUERIES = 20;

    private final Vectors vectors;
    private final Metric metric;
    private final Goals goals;
    private @Nullable Vectors queries;
    private long @Nullable [] ids;
    private int threads = Runtime.getRuntime().availableProcessors();
    private long seed = SEED;
    private Meter meter = Meter.clock();
    private @Nullable Machine machine;
    private @Nullable Path cache;
    private Progress progress = Progress.NONE;

    /** For vectors, which the index owns once it is built. */
    public Advisor(Vectors vectors, Metric metric, Goals goals) {
        this.vectors = vectors;
        this.metric = metric;
        this.goals = goals;
    }

    /**
     * Queries that are like those to come; vectors are held out for them unless told. They stay the caller's.
     *
     * @throws IllegalArgumentException when there are fewer than 20, or they have another dimension than the vectors
     */
    public Advisor queries(Vectors queries) {
        if (queries.size() < FEWEST_QUERIES) {
            throw new IllegalArgumentException("queries = " + queries.size() + ", expected at least " + FEWEST_QUERIES);
        }
        if (queries.dimension() != vectors.dimension()) {
            throw new IllegalArgumentException(
                    "queries have dimension " + queries.dimension() + ", expected " + vectors.dimension());
        }
        this.queries = queries;
        return this;
    }

    /** The id of each row, all different; row numbers unless told. */
    public Advisor ids(long... ids) {
        this.ids = ids.clone();
        return this;
    }

    /** How many threads build and search meanwhile, all processors unless told; throughput is that of so many. */
    public Advisor threads(int threads) {
        this.threads = threads;
        return this;
    }

    /** Of what is drawn at random. */
    public Advisor seed(long seed) {
        this.seed = seed;
        return this;
    }

    /** What tells the time; the clock of the system unless told. */
    public Advisor meter(Meter meter) {
        this.meter = meter;
        return this;
    }

    /** The machine to predict for; this one unless told. */
    public Advisor machine(Machine machine) {
        this.machine = machine;
        return this;
    }

    /** A folder where what was measured of this machine is kept for the next process; it is measured anew unless told. */
    public Advisor cache(Path folder) {
        this.cache = folder;
        return this;
    }

    /** Hears how far the build of the choice has come. */
    public Advisor progress(Progress progress) {
        this.progress = progress;
        return this;
    }

    /**
     * Looks, tries, builds and certifies. Meanwhile there are copies of the vectors: of all of them once, and of samples.
     *
     * @throws GoalsConflictException where no index meets all goals; the vectors stay the caller's
     */
    public Advised build() {
        Request request = request();
        Stages stages = new Stages(meter);
        Asked asked = Asked.of(vectors, queries, seed);
        DataProfile data = stages.run(
                "data", () -> new Profiler(vectors, metric, threads, seed).profile(queries, asked.queries().length));
        Trials trials = new Trials(request);
        Finals finals = new Finals(request, trials, asked, stages);
        if (data.vectors() < Regime.FEW_VECTORS) {
            return advised(finals.exactOnly(Regime.FEW), data, null, Regime.FEW, stages);
        }
        Machine here = stages.run("machine", () -> machine == null ? Machine.here(cache) : machine);
        List<Candidate> all = Candidates.of(data, new CostModel(data, here, threads), goals);
        List<Candidate> promising = Candidates.promising(all);
        List<Forecast> forecasts = stages.run("trials", () -> new Heats(request, trials, asked).run(promising));
        Finals.Outcome outcome = finals.run(forecasts, leftOut(all, promising));
        return advised(outcome, data, here, Regime.of(data, here, goals), stages);
    }

    /**
     * How exact search on a card compares with that on the processor; empty where there is no card, or nothing to compare. Nothing is
     * advised by it: which is better depends on how many queries come at once, and only the caller knows.
     */
    public Optional<Crossover> crossover() {
        return CrossoverMeasurement.of(request());
    }

    private Request request() {
        return new Request(vectors, metric, goals, queries, ids, threads, seed, meter, progress);
    }

    private static List<Alternative> leftOut(List<Candidate> all, List<Candidate> promising) {
        return all.stream()
                .filter(candidate -> !promising.contains(candidate))
                .map(Candidate::leftOut)
                .toList();
    }

    private Advised advised(
            Finals.Outcome outcome, DataProfile data, @Nullable Machine here, Regime regime, Stages stages) {
        Finalist winner = outcome.winner();
        Certificate certificate = winner.certificate();
        Advice advice = new Advice(
                goals,
                data,
                here,
                regime,
                outcome.reason(),
                winner.index().spec().toString(),
                certificate.effort(),
                certificate.recall(),
                certificate.under80(),
                winner.latency(),
                winner.index().bytesMemory(),
                winner.buildSeconds(),
                winner.curve(),
                outcome.alternatives(),
                stages.seconds());
        return new Advised(winner.index(), advice);
    }
}
