package dev.vicino.bench.exact;

import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Child;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data set with whoever searches it or is measured beside, each made when it is first asked for. */
final class Stand implements AutoCloseable {
    private static final String PRUNED = "Flat";
    private static final String PLAIN = "Flat(prune=false)";

    private final DataSet data;
    private final @Nullable Child faiss;
    private final Vectors queries;
    private final Map<String, OwnSearcher> own = new HashMap<>();
    private final Map<String, Searcher> ofFaiss = new HashMap<>();
    private @Nullable ReadCeiling reading;

    /** @param faiss null where there is none, or it is not asked for */
    Stand(DataSet data, @Nullable Child faiss) throws IOException {
        this.data = data;
        this.faiss = faiss;
        this.queries = VectorFiles.load(data.queries(), Progress.NONE);
    }

    DataSet data() {
        return data;
    }

    OwnSearcher plain() throws IOException {
        return own(PLAIN);
    }

    OwnSearcher pruned() throws IOException {
        return own(PRUNED);
    }

    private OwnSearcher own(String spec) throws IOException {
        OwnSearcher searcher = own.get(spec);
        if (searcher == null) {
            searcher = new OwnSearcher(spec, build(spec), queries);
            own.put(spec, searcher);
        }
        return searcher;
    }

    private VectorIndex build(String spec) throws IOException {
        Vectors base = VectorFiles.load(data.base(), Progress.NONE);
        try {
            return Vicino.index(base).metric(Metric.DOT).spec(spec).build();
        } catch (Throwable e) {
            base.close();
            throw e;
        }
    }

    /** Indexes of FAISS, of some of the kinds of {@link Faiss}; none without FAISS. */
    List<Searcher> faiss(String... kinds) throws IOException {
        if (faiss == null) {
            return List.of();
        }
        List<Searcher> searchers = new ArrayList<>();
        for (String kind : kinds) {
            Searcher searcher = ofFaiss.get(kind);
            if (searcher == null) {
                searcher = ChildSearcher.load(faiss, Faiss.label(kind), kind, data, false);
                ofFaiss.put(kind, searcher);
            }
            searchers.add(searcher);
        }
        return searchers;
    }

    /** The plain scan in another JVM. */
    Searcher plainIn(Child twin) throws IOException {
        return ChildSearcher.load(twin, "scalar twin", PLAIN, data, true);
    }

    Ceiling reading() {
        ReadCeiling made = reading == null ? new ReadCeiling(data) : reading;
        reading = made;
        return made;
    }

    /** Memory that we have allocated off the heap for rows and codes. */
    long bytesMemory() {
        long indexes =
                own.values().stream().mapToLong(of -> of.index().bytesMemory()).sum();
        return indexes + (reading == null ? 0 : reading.bytes());
    }

    @Override
    public void close() throws IOException {
        own.values().forEach(OwnSearcher::close);
        queries.close();
        if (reading != null) {
            reading.close();
        }
        for (Searcher searcher : ofFaiss.values()) {
            searcher.close();
        }
    }
}
