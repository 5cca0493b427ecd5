package dev.vicino.store;

import dev.vicino.advise.GuardOptions;
import dev.vicino.advise.RecallWatch;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.payload.Facets;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.search.Combined;
import dev.vicino.store.search.Fusion;
import dev.vicino.store.search.Part;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.Scroll;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.search.SearchResult;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.Limits;
import dev.vicino.store.view.VectorView;
import dev.vicino.store.view.Views;
import dev.vicino.store.write.Operation;
import dev.vicino.store.write.PointSelector;
import dev.vicino.store.write.WriteResult;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Points of one kind. Any number of threads may read and write at once.
 *
 * <p>A write that has returned is on disk, and seen by everything that begins afterwards. It takes effect as a whole or not at all.
 */
public final class Collection {
    private final String name;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile Contents contents;

    /** Of what is open. */
    Collection(String name, Contents contents) {
        this.name = name;
        this.contents = contents;
    }

    /** What uses the contents of a moment. */
    private interface Use<T extends @Nullable Object, E extends Exception> {
        T of(Contents contents) throws E;
    }

    /** Nobody puts other contents in their place meanwhile. */
    private <T extends @Nullable Object, E extends Exception> T using(Use<T, E> use) throws E {
        lock.readLock().lock();
        try {
            return use.of(contents);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What changes a folder. */
    interface Step {
        void run() throws IOException;
    }

    /** What opens the contents of a folder. */
    interface Opening {
        Contents open() throws IOException;
    }

    /** Puts others in the place of the contents: whoever searches or writes meanwhile waits, and then has those that are there. */
    void replace(Step change, Opening opening) throws IOException {
        lock.writeLock().lock();
        try {
            contents.close();
            try {
                change.run();
            } finally {
                contents = opening.open();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** What it was told, as it is now. */
    public CollectionSettings settings() {
        return contents.writer().settings();
    }

    /** How many points there are. */
    public long size() {
        return contents.views().table().size();
    }

    /**
     * Asks for operations, one after the other, all of them or none. Waits where very many points wait to be written already.
     *
     * @return done when they are on disk and seen; it fails with an {@link IOException} where they could not be written, nothing being
     *     changed then, or with an {@link IllegalArgumentException} where a limit is in the way
     * @throws IllegalArgumentException for an operation that does not fit the settings
     */
    public CompletableFuture<WriteResult> writeAsync(List<Operation> operations) {
        return using(now -> now.writer().write(operations));
    }

    /**
     * As {@link #writeAsync}, and waits for it.
     *
     * @throws IOException when it could not be written; nothing is changed then
     */
    public WriteResult write(Operation... operations) throws IOException {
        return await(writeAsync(List.of(operations)));
    }

    /**
     * Accepts operations and does not wait for them. They take effect in the order in which they were accepted, before every write that
     * is asked for later, each request as a whole; most often they are on disk and seen within a few commits. Until then a crash or a
     * full disk can lose them, but never one of them and not those after it: what is there is what was accepted up to some moment. A
     * request that fails is told by {@link Status#failures}.
     *
     * @throws IllegalArgumentException for an operation that does not fit the settings
     */
    public void writeLater(Operation... operations) {
        var _ = using(now -> now.writer().write(List.of(operations)).whenComplete((_, failure) -> {
            if (failure != null) {
                now.views().fail("write that was accepted: " + failure.getMessage());
            }
        }));
    }

    private static <T> T await(CompletableFuture<T> result) throws IOException {
        try {
            return result.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted; the write may still take effect");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof IllegalArgumentException wrong) {
                throw new IllegalArgumentException(wrong.getMessage(), wrong);
            }
            throw new IOException("write failed, nothing was changed: " + cause, cause);
        }
    }

    /** Puts points in the place of those of the same ids. */
    public WriteResult upsert(List<Point> points) throws IOException {
        return write(new Operation.Upsert(points));
    }

    /** Deletes points. */
    public WriteResult delete(PointSelector points) throws IOException {
        return write(new Operation.Delete(points));
    }

    /** The points of some ids that are there, in the order of the ids. */
    public List<StoredPoint> get(List<PointId> ids, Part part) throws IOException {
        return using(now -> now.reader().get(ids, part));
    }

    /** Whether there is a point of an id. */
    public boolean exists(PointId id) {
        return contents.views().table().find(id) != null;
    }

    /**
     * The next points that match, by id.
     *
     * @param first the lowest id wanted; null for the first of all
     */
    public Scroll.Page scroll(@Nullable PointId first, int limit, Filter filter, Part part) throws IOException {
        return using(now -> now.scroll().page(first, limit, filter, part));
    }

    /**
     * The first points by a field of numbers or date-times, ties by id; points that have no such value are left out.
     *
     * @param from the first value wanted, of a date-time in seconds since 1970; null for all
     */
    public List<StoredPoint> scrollBy(
            JsonPath path, boolean descending, @Nullable Double from, int limit, Filter filter, Part part)
            throws IOException {
        return using(now -> now.scroll().sorted(path, descending, from, limit, filter, part));
    }

    /** How many points match. */
    public long count(Filter filter) throws IOException {
        return using(now -> now.scroll().count(filter));
    }

    /** The most frequent values of a field among the points that match. */
    public List<Facets.Hit> facets(JsonPath path, Filter filter, int limit) throws IOException {
        return using(now -> now.scroll().facets(path, filter, limit));
    }

    /**
     * The points nearest to a query, and how they were found.
     *
     * @throws IllegalArgumentException for a query that does not fit the vectors it names
     */
    public SearchResult search(SearchRequest request) throws IOException {
        return using(now -> now.searcher().search(request));
    }

    /**
     * Keeps the recall of searches that walk the graph and name no effort: a share of them is asked once more, exactly, in the background, and
     * the effort of those like it is raised where the recall seen falls under the floor. In the place of who watched before.
     *
     * @param using the name of dense vectors
     * @return what was seen so far; it is closed with the collection, and when a snapshot takes the place of what is in it
     * @throws IllegalArgumentException where there are no dense vectors of that name
     */
    public RecallWatch watchRecall(String using, GuardOptions options) {
        return using(now -> now.searcher().watchRecall(using, options));
    }

    /** Many searches, one after the other. */
    public List<SearchResult> searchAll(List<SearchRequest> requests) throws IOException {
        List<SearchResult> results = new ArrayList<>();
        for (SearchRequest request : requests) {
            results.add(search(request));
        }
        return results;
    }

    /** Several searches, put into one ranking. */
    public List<ScoredPoint> fuse(List<SearchRequest> prefetch, Fusion fusion, int limit, Part part)
            throws IOException {
        return using(now -> now.combined().fuse(prefetch, fusion, limit, part));
    }

    /** A search among the points that other searches find. */
    public SearchResult rescore(List<SearchRequest> prefetch, SearchRequest request) throws IOException {
        return using(now -> now.combined().rescore(prefetch, request));
    }

    /** The best groups of points with one value of a field; the limit of the request is the number of groups. */
    public List<Combined.Group> searchGroups(SearchRequest request, JsonPath path, int size) throws IOException {
        return using(now -> now.combined().groups(request, path, size));
    }

    /** Starts a payload index; it is built in the background, and filters do without it meanwhile. */
    public void createPayloadIndex(String path, IndexKind kind) throws IOException {
        String canonical = JsonPath.parse(path).toString();
        change(settings -> settings.withPayloadIndex(canonical, kind));
    }

    /** Drops a payload index. */
    public void deletePayloadIndex(String path) throws IOException {
        change(settings -> settings.withoutPayloadIndex(path));
    }

    /** Sets other limits; what is there stays. */
    public void setLimits(Limits limits) throws IOException {
        change(settings -> settings.withLimits(limits));
    }

    private void change(UnaryOperator<CollectionSettings> edit) throws IOException {
        WriteResult _ = await(using(now -> now.writer().change(edit)));
    }

    /**
     * How a collection is.
     *
     * @param points that are there
     * @param sequence the number of the last operation
     * @param vectors how far the views of each name have come
     * @param payloadIndexes in use
     * @param building whether payload indexes are being built
     * @param waiting requests that wait for the next commit
     * @param bytesDisk of the truth
     * @param failures views that were found damaged and are made anew, background work and accepted writes that failed; the last of them
     */
    public record Status(
            long points,
            long sequence,
            Map<String, VectorView.Progress> vectors,
            List<String> payloadIndexes,
            boolean building,
            int waiting,
            long bytesDisk,
            List<String> failures) {}

    /** How it is. */
    public Status status() throws IOException {
        return using(Collection::status);
    }

    private static Status status(Contents now) throws IOException {
        Views views = now.views();
        Map<String, VectorView.Progress> vectors = new LinkedHashMap<>();
        List<String> names = now.writer().settings().names();
        for (int i = 0; i < names.size(); i++) {
            vectors.put(names.get(i), views.progress(i));
        }
        return new Status(
                views.table().size(),
                views.published(),
                vectors,
                List.copyOf(views.payloadIndexes()),
                views.isBuilding(),
                now.writer().waiting(),
                now.truth().bytesDisk(),
                views.failures());
    }

    /**
     * Reads the whole truth and compares every checksum.
     *
     * @throws dev.vicino.store.truth.CorruptTruthException naming what is damaged
     */
    public void verify() throws IOException {
        Void _ = using(now -> {
            now.truth().verify();
            return null;
        });
    }

    /**
     * Writes all that is committed to a file, whole or not at all, while others read and write. {@link Database#restore} reads it.
     *
     * @throws IOException when it cannot be written; nothing is left of it then
     */
    public void snapshot(Path file) throws IOException {
        Snapshot.write(this, file);
    }

    /** Copies all that is committed to a new file. */
    void copyTo(Path file) throws IOException {
        Void _ = using(now -> {
            now.truth().copyTo(file);
            return null;
        });
    }

    /** Waits for what was asked for, saves the views and frees all memory. */
    void close() throws IOException {
        contents.close();
    }
}
