package dev.vicino;

import dev.vicino.format.IndexFile;
import dev.vicino.io.Progress;
import dev.vicino.memory.Lifetime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all indexes do alike: they tell of their contents, hold them while they are read, save them and check their file. */
abstract sealed class StoredIndex implements VectorIndex permits FlatIndex, ChangingIndex {
    private final Contents contents;
    private final Lifetime lifetime;
    private final AtomicBoolean closed;
    private @Nullable Thread loader;

    StoredIndex(Contents contents) {
        this.contents = contents;
        this.lifetime = contents.stored().lifetime();
        this.closed = new AtomicBoolean();
    }

    /** The same as another, which it shares everything with, but for its spec. */
    StoredIndex(StoredIndex other, IndexSpec spec) {
        this.contents = other.contents.with(spec);
        this.lifetime = other.lifetime;
        this.closed = other.closed;
        this.loader = other.loader;
    }

    final Contents contents() {
        return contents;
    }

    @Override
    public final IndexSpec spec() {
        return contents.spec();
    }

    @Override
    public final Metric metric() {
        return contents.metric();
    }

    @Override
    public final int dimension() {
        return contents.stored().dimension();
    }

    @Override
    public final long bytesDisk() {
        IndexFile file = contents.file();
        return file == null ? 0 : file.bytes();
    }

    /** Copies what is read hot to large pages while the index already answers. */
    final void startLoading(Runnable load) {
        loader = Thread.ofPlatform().daemon().name("vicino-load").start(() -> lifetime.runIfOpen(() -> load(load)));
    }

    private static void load(Runnable load) {
        try {
            load.run();
        } catch (OutOfMemoryError e) {
            return; // searches go on with what is mapped
        }
    }

    @Override
    public final void awaitLoaded() {
        Lifetime.join(loader);
    }

    /** Reads, or changes, what nobody frees meanwhile. */
    final <T> T guarded(Supplier<T> work) {
        lifetime.enter();
        try {
            return work.get();
        } finally {
            lifetime.exit();
        }
    }

    final void guarded(Runnable work) {
        lifetime.enter();
        try {
            work.run();
        } finally {
            lifetime.exit();
        }
    }

    /** Those within a radius; since the distance of one is rounded outwards, the farthest found may lie beyond it. */
    final Neighbors within(Neighbors found, float radius) {
        int count = found.size();
        while (count > 0 && !metric().isWithin(found.score(count - 1), radius)) {
            count--;
        }
        return found.first(count);
    }

    @Override
    public final void save(Path path, Progress progress) throws IOException {
        lifetime.enter();
        try {
            write(path, progress);
        } finally {
            lifetime.exit();
        }
    }

    /** Writes a file of this index, which nobody frees meanwhile. */
    abstract void write(Path path, Progress progress) throws IOException;

    @Override
    public final void verify(Progress progress) throws IOException {
        IndexFile file = contents.file();
        if (file == null) {
            return;
        }
        lifetime.enter();
        try {
            file.verify(progress);
        } finally {
            lifetime.exit();
        }
    }

    @Override
    public final void close() {
        contents.stored().close(); // waits for whoever reads
        if (closed.compareAndSet(false, true)) {
            free();
            contents.close();
        }
    }

    /** Frees what this index has beside its contents; nobody reads it any more. */
    abstract void free();
}
