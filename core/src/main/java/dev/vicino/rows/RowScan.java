package dev.vicino.rows;

import dev.vicino.code.Sphere;
import dev.vicino.scan.Hits;
import dev.vicino.scan.Query;
import dev.vicino.scan.Stop;
import dev.vicino.scan.TopK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Exact search of points, each row compared: all of them, or those allowed. */
public final class RowScan {
    /** Rows between two looks at the clock. */
    private static final int SCANNED_PER_LOOK = 1024;

    private static final Sphere NO_SPHERE = new Sphere(0);

    private final RowStore rows;
    private final Points points;

    public RowScan(RowStore rows, Points points) {
        this.rows = rows;
        this.points = points;
    }

    /** The k nearest within a distance. The caller sees to it that points are settled. */
    public Found nearest(Query query, int k, float radius, @Nullable Allowed allowed, Stop stop, String plan) {
        IdTable ids = points.ids();
        boolean changed = allowed != null && allowed.version() != points.version();
        int end = rows.capacity();
        TopK nearest = new TopK(Math.min(k, points.size()), ids);
        RowScorer scorer = new RowScorer(rows, NO_SPHERE);
        scorer.prepare(query);
        long compared = 0;
        boolean complete = true;
        for (int slot = next(-1, allowed, changed); slot < end && complete; slot = next(slot, allowed, changed)) {
            if (points.alive().test(slot) && (!changed || isAllowed(allowed, slot))) {
                float distance = scorer.score(slot);
                compared++;
                if (distance <= radius) {
                    nearest.add(distance, slot);
                }
                complete = (compared & SCANNED_PER_LOOK - 1) != 0 || !stop.isNow();
            }
        }
        Hits hits = nearest.drain(new Hits.Work(plan, 0, 0));
        long[] found = Arrays.stream(hits.ordinals()).mapToLong(ids::of).toArray();
        return new Found(hits.ordinals(), found, hits.distances(), plan, 0, compared, 0, complete);
    }

    private static int next(int slot, @Nullable Allowed allowed, boolean changed) {
        return allowed == null || changed ? slot + 1 : allowed.slots().next(slot + 1);
    }

    private boolean isAllowed(@Nullable Allowed allowed, int slot) {
        return allowed == null || allowed.ids().test(points.ids().of(slot));
    }
}
