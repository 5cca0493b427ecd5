package dev.vicino.gpu;

import dev.vicino.card.BoundedQuery;
import dev.vicino.card.CardRows;
import dev.vicino.card.HostRows;
import dev.vicino.card.Precision;
import dev.vicino.card.Survivors;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an index. Where they fit they are on the card in half precision; else they are streamed through it in every search. In
 * single precision, which few queries need, they are always streamed.
 */
final class GpuRows implements CardRows {
    /** A quarter of what is kept, so that there is room for rows that are as near within the bounds. */
    private static final int MAX_NEIGHBOURS = Kernels.CAPACITY / 4;

    private final Context context;
    private final Resources resources;
    private final HostRows rows;
    private final Limits limits;
    private final Kernels kernels;
    private final RowSource half;
    private final RowSource single;
    private final Semaphore permits;
    private final Queue<Searcher> idle = new ConcurrentLinkedQueue<>();

    /** In the context. */
    private GpuRows(Context context, Resources resources, HostRows rows, Limits limits) {
        Driver driver = context.driver();
        this.context = context;
        this.resources = resources;
        this.rows = rows;
        this.limits = limits;
        this.kernels = new Kernels(driver, resources);
        this.permits = new Semaphore(limits.searches());
        boolean fits = bytesResident() <= limits.residentShare() * driver.bytesFree();
        RowStream stream = new RowStream(driver, kernels, resources, rows, limits.blockBytes(), !fits);
        this.single = stream.in(Precision.SINGLE);
        this.half = fits ? new ResidentRows(driver, kernels, resources, rows, stream) : stream.in(Precision.HALF);
    }

    /** Puts rows on a card, or makes ready to stream them. */
    static GpuRows load(Driver driver, int device, HostRows rows, Limits limits) {
        Context context = Context.retain(driver, device);
        try {
            return context.call(() -> load(context, rows, limits));
        } catch (Throwable e) {
            context.close();
            throw e;
        }
    }

    private static GpuRows load(Context context, HostRows rows, Limits limits) {
        Resources resources = new Resources(context.driver());
        try {
            return new GpuRows(context, resources, rows, limits);
        } catch (Throwable e) {
            resources.close(e);
            throw e;
        }
    }

    /** All that there would be on the card. */
    private long bytesResident() {
        long searcher = Searcher.bytes(rows.size(), rows.dimension(), limits.queries());
        return ResidentRows.bytes(rows)
                + RowStream.bytes(rows, limits.blockBytes(), false)
                + limits.searches() * searcher;
    }

    boolean isResident() {
        return half instanceof ResidentRows;
    }

    @Override
    public int maxNeighbours() {
        return MAX_NEIGHBOURS;
    }

    @Override
    public int maxQueries() {
        return limits.queries();
    }

    @Override
    public double relativeError(Precision precision) {
        return ProductError.of(precision, rows.dimension());
    }

    @Override
    public List<Survivors> search(Precision precision, List<BoundedQuery> queries, int k, long @Nullable [] allowed) {
        permits.acquireUninterruptibly();
        try {
            return context.call(() -> searchNow(precision, queries, k, allowed));
        } finally {
            permits.release();
        }
    }

    /** A searcher that failed is not used again: nobody knows what its stream still has to do. */
    private List<Survivors> searchNow(
            Precision precision, List<BoundedQuery> queries, int k, long @Nullable [] allowed) {
        Searcher known = idle.poll();
        Searcher searcher = known == null
                ? new Searcher(context.driver(), kernels, rows.size(), rows.dimension(), limits.queries())
                : known;
        try {
            RowSource source = precision == Precision.HALF ? half : single;
            List<Survivors> survivors = searcher.search(source, precision, queries, k, allowed);
            idle.add(searcher);
            return survivors;
        } catch (Throwable e) {
            searcher.close(e);
            throw e;
        }
    }

    @Override
    public void close() {
        try (context) {
            context.run(() -> {
                try (resources) {
                    idle.forEach(Searcher::close);
                }
            });
        }
    }
}
