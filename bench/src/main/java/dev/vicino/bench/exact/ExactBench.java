package dev.vicino.bench.exact;

import dev.vicino.Vicino;
import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.exact.CallRace.Entry;
import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.ProcessMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who meets whom, over which data. Runs once, on one thread. */
final class ExactBench {
    private static final int[] KS = {10, 100};

    /** Where only one k is compared. */
    private static final int K = 10;

    private final ExactScale scale;
    private final DataFolder folder;
    private final Set<ExactWork> works;
    private final Peers peers;
    private final Consumer<String> remark;
    private final Affinity affinity = Affinity.ofThisThread();

    private final List<TimeRow> rows = new ArrayList<>();
    private final List<MemoryRow> memory = new ArrayList<>();
    private final List<Pages> pages = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Judge judge;

    /**
     * Other programs.
     *
     * @param faiss null where it is left out
     * @param description what they are, or why they are left out
     */
    record Peers(@Nullable Child faiss, String description) {}

    /** @param remark hears what has been done */
    ExactBench(ExactScale scale, DataFolder folder, Set<ExactWork> works, Peers peers, Consumer<String> remark) {
        this.scale = scale;
        this.folder = folder;
        this.works = works;
        this.peers = peers;
        this.remark = remark;
        this.judge = new Judge(new CallRace(scale, affinity), rows, remark);
    }

    ExactReport run() throws IOException {
        if (peers.faiss != null) {
            affinity.add(peers.faiss.thread());
        }
        if (works.stream().anyMatch(work -> work != ExactWork.GAUSSIAN)) {
            on(folder.sentences(), this::onSentences);
        }
        if (works.stream().anyMatch(work -> work.isBesideFaiss() || work == ExactWork.MEMORY)) {
            on(folder.decaying(), this::onAny);
        }
        if (works.contains(ExactWork.GAUSSIAN)) {
            on(folder.gaussian(), this::onGaussian);
        }
        return new ExactReport(
                Conditions.here(scale.rounds(), affinity), peers.description, rows, memory, pages, remarks);
    }

    /** What is done on a data set. */
    private interface On {
        void run(Stand stand) throws IOException;
    }

    private void on(DataSet data, On what) throws IOException {
        remark.accept(data.title());
        try (Stand stand = new Stand(data, peers.faiss)) {
            what.run(stand);
            pages.add(new Pages(data.name(), "ours", stand.bytesMemory(), Vicino.bytesOnLargePages()));
            if (peers.faiss != null) {
                ProcessMemory of = peers.faiss.memory();
                pages.add(new Pages(data.name(), "FAISS", of.anonymousBytes(), of.largePageBytes()));
            }
        }
    }

    private void onSentences(Stand stand) throws IOException {
        if (folder.source() == null) {
            remarks.add("no sentence embeddings were found; generated vectors stand in for them");
        }
        onAny(stand);
        if (works.contains(ExactWork.THREADS)) {
            threads(stand);
        }
        if (works.contains(ExactWork.SCALAR)) {
            scalar(stand);
        }
    }

    private void onAny(Stand stand) throws IOException {
        for (ExactWork work : works) {
            for (int k : work.isBesideFaiss() ? KS : new int[0]) {
                besideFaiss(work, stand, k);
            }
        }
        if (works.contains(ExactWork.MEMORY)) {
            MemoryRow row = MemoryRow.measure(stand, folder.folder());
            memory.add(row);
            remark.accept("  " + ExactText.line(row));
        }
    }

    private void besideFaiss(ExactWork work, Stand stand, int k) throws IOException {
        DataSet data = stand.data();
        Call single = Call.single(data.queryCount(), k);
        Call batch = Call.batch(Math.min(scale.batch(), data.queryCount()), k);
        Call small = Call.batch(Math.min(scale.smallBatch(), data.queryCount()), k);
        switch (work) {
            case PLAIN_SINGLE ->
                judge.compare(work.toString(), data, single, stand.plain(), stand.faiss(Faiss.FLAT), stand.reading());
            case PLAIN_BATCH -> {
                Ceiling peak = new MultiplyCeiling(data);
                judge.compare(work.toString(), data, batch, stand.plain(), stand.faiss(Faiss.FLAT_PRODUCT), peak);
            }
            case SMALL_BATCH -> {
                List<Searcher> both = stand.faiss(Faiss.FLAT, Faiss.FLAT_PRODUCT);
                judge.compare(work.toString(), data, small, stand.plain(), both, null);
            }
            case PRUNED_SINGLE ->
                judge.compare(work.toString(), data, single, stand.pruned(), stand.faiss(Faiss.FLAT), null);
            case PANORAMA ->
                judge.compare(work.toString(), data, single, stand.pruned(), stand.faiss(Faiss.PANORAMA), null);
            case PRUNED_BATCH ->
                judge.compare(work.toString(), data, batch, stand.pruned(), stand.faiss(Faiss.FLAT_PRODUCT), null);
            case GAUSSIAN, THREADS, MEMORY, SCALAR -> throw new IllegalArgumentException("work = " + work);
        }
    }

    private void onGaussian(Stand stand) throws IOException {
        for (Call call : calls(stand, scale.batch())) {
            judge.compare(
                    ExactWork.GAUSSIAN.toString(), stand.data(), call, stand.pruned(), List.of(stand.plain()), null);
        }
    }

    private void threads(Stand stand) throws IOException {
        if (affinity.cores() < 2) {
            remarks.add("threads: left out, there is one core");
            return;
        }
        Call reads = Call.single(stand.data().queryCount(), K);
        Entry twoReading = new Entry(stand.reading(), reads.withThreads(2));
        judge.compare(
                ExactWork.THREADS.toString(),
                stand.data(),
                twoReading,
                List.of(new Entry(stand.reading(), reads)),
                null);
        for (OwnSearcher searcher : List.of(stand.plain(), stand.pruned())) {
            for (Call call : calls(stand, scale.batch())) {
                Entry two = new Entry(searcher.named(searcher.name() + ", 2 threads"), call.withThreads(2));
                Entry one = new Entry(searcher.named("1 thread"), call);
                Ceiling reading = call.batch() == 1 && searcher.equals(stand.plain()) ? stand.reading() : null;
                judge.compare(ExactWork.THREADS.toString(), stand.data(), two, List.of(one), reading);
            }
        }
    }

    private void scalar(Stand stand) throws IOException {
        try (Child twin = Twin.start(false)) {
            affinity.add(twin.thread());
            try {
                Searcher scalar = stand.plainIn(twin);
                for (Call call : calls(stand, scale.smallBatch())) {
                    judge.compare(
                            ExactWork.SCALAR.toString(), stand.data(), call, stand.plain(), List.of(scalar), null);
                }
            } finally {
                affinity.remove(twin.thread());
            }
        }
    }

    private static List<Call> calls(Stand stand, int batch) {
        int queries = stand.data().queryCount();
        return List.of(Call.single(queries, K), Call.batch(Math.min(batch, queries), K));
    }
}
