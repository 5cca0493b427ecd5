package dev.vicino.store.view;

import dev.vicino.store.payload.PayloadIndexes;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.truth.Rows;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.view.Segment.Row;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The opening of views: reads the points, and of all else what the files of the views do not have. */
final class ViewsOpening {
    private final Truth truth;
    private final Rows rows;
    private final @Nullable Path folder;
    private final Background background;
    private final Failures failures;
    private final CollectionSettings settings;
    private final PointTable table;
    private final List<PointRow> points = new ArrayList<>();

    ViewsOpening(Truth truth, Rows rows, @Nullable Path folder, Background background, Failures failures) {
        this.truth = truth;
        this.rows = rows;
        this.folder = folder;
        this.background = background;
        this.failures = failures;
        this.settings = truth.settings();
        this.table = new PointTable(settings.names());
    }

    Views open() throws IOException {
        try (SavedGraphs graphs = new SavedGraphs(folder, settings, failures::add)) {
            return open(graphs);
        }
    }

    private Views open(SavedGraphs graphs) throws IOException {
        long sequence = rows.sequence();
        rows.points(row -> {
            table.put(row);
            points.add(row);
        });
        PayloadFile file = folder == null ? null : new PayloadFile(folder);
        PayloadIndexes payload = payload(file, sequence);
        List<VectorView> vectors = new ArrayList<>();
        for (int name = 0; name < settings.vectors().size(); name++) {
            vectors.add(vectors(name, graphs));
        }
        Views views = new Views(truth, background, table, payload, vectors, file, failures, sequence);
        Map<String, IndexKind> missing = new TreeMap<>(settings.payloadIndexes());
        missing.entrySet().removeAll(payload.kinds().entrySet());
        if (!missing.isEmpty()) {
            views.build(missing);
        }
        return views;
    }

    /** The saved indexes that are still wanted, brought up to date. */
    private PayloadIndexes payload(@Nullable PayloadFile file, long sequence) throws IOException {
        PayloadFile.Saved saved = file == null ? null : file.read(failures::add);
        if (saved == null || saved.sequence() > sequence) {
            return new PayloadIndexes(Map.of());
        }
        PayloadIndexes indexes = saved.indexes();
        indexes.kinds().forEach((path, kind) -> {
            if (settings.payloadIndexes().get(path) != kind) {
                indexes.drop(path);
            }
        });
        RoaringBitmap stale = new RoaringBitmap();
        stale.add(0L, 1L << 32);
        List<PointRow> changed = new ArrayList<>();
        for (PointRow row : points) {
            if (row.version() > saved.sequence()) {
                changed.add(row);
            } else {
                stale.remove(row.ordinal());
            }
        }
        indexes.forget(stale);
        for (PointRow row : changed) {
            indexes.add(row.ordinal(), rows.payload(row));
        }
        return indexes;
    }

    private VectorView vectors(int name, SavedGraphs graphs) throws IOException {
        VectorSettings vector =
                Objects.requireNonNull(settings.vectors().get(settings.names().get(name)));
        return switch (vector) {
            case VectorSettings.Dense dense -> dense(name, dense, graphs);
            case VectorSettings.Sparse sparse -> sparse(name, sparse);
        };
    }

    private DenseView dense(int name, VectorSettings.Dense dense, SavedGraphs graphs) throws IOException {
        Map<Integer, Long> wanted = new HashMap<>();
        for (PointRow row : points) {
            if (row.hasVector(name)) {
                wanted.put(row.ordinal(), row.moved());
            }
        }
        return DenseView.open(
                dense,
                wanted,
                (ordinal, moved) -> row(name, ordinal, moved),
                graphs.take(name),
                graphs.files(name),
                background,
                failures::add);
    }

    private Row row(int name, int ordinal, long moved) throws IOException {
        PointRow row = Objects.requireNonNull(table.at(ordinal));
        VectorValue.Dense vector = (VectorValue.Dense) Objects.requireNonNull(rows.vector(row, name));
        return new Row(ordinal, moved, vector.values());
    }

    private SparseView sparse(int name, VectorSettings settings) throws IOException {
        Map<Integer, VectorView.Moved> changes = new HashMap<>();
        for (PointRow row : points) {
            if (row.hasVector(name)) {
                changes.put(row.ordinal(), new VectorView.Moved(row.moved(), rows.vector(row, name)));
            }
        }
        SparseView view = new SparseView(settings);
        try (VectorView.Update update = view.prepare(changes)) {
            update.apply();
        }
        return view;
    }
}
