package dev.vicino.store.search;

import dev.vicino.store.filter.Candidate;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.payload.Selection;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.truth.Rows;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.truth.TruthReader;
import dev.vicino.store.view.Views;
import java.io.IOException;
import org.roaringbitmap.RoaringBitmap;

/** The points that match filters: by indexes as far as they know, and by payload where they do not. */
public final class Matching {
    private final CollectionSettings settings;
    private final Truth truth;
    private final Views views;

    /** Over the points of a collection. */
    public Matching(CollectionSettings settings, Truth truth, Views views) {
        this.settings = settings;
        this.truth = truth;
        this.views = views;
    }

    /** A copy of what indexes know now. */
    public Selection select(Filter filter) {
        return views.reading(() -> copy(views.select(filter)));
    }

    static Selection copy(Selection selection) {
        return new Selection(selection.sure().clone(), selection.possible().clone());
    }

    /** The ordinals of the points that match, of a selection made for the filter. */
    public RoaringBitmap resolve(Filter filter, Selection selection) throws IOException {
        RoaringBitmap unsure = selection.unsure();
        if (unsure.isEmpty()) {
            return selection.sure();
        }
        RoaringBitmap matching = selection.sure().clone();
        long newest = 0;
        try (TruthReader reader = truth.read()) {
            Rows rows = reader.rows();
            for (int ordinal : unsure.toArray()) {
                PointRow row = rows.point(ordinal);
                if (row != null && matches(filter, row, rows)) {
                    newest = Math.max(newest, row.version());
                    matching.add(ordinal);
                }
            }
        }
        views.awaitPublished(newest);
        return matching;
    }

    /** The ordinals of the points that match now. */
    public RoaringBitmap ordinals(Filter filter) throws IOException {
        return resolve(filter, select(filter));
    }

    /** Whether a point matches, by its payload. */
    public boolean matches(Filter filter, PointRow row, Rows rows) throws IOException {
        return filter.matches(new Candidate(row.id(), rows.payload(row), name -> {
            int number = settings.names().indexOf(name);
            return number >= 0 && row.hasVector(number);
        }));
    }
}
