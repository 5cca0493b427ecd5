package dev.vicino.bench.store;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.store.Collection;
import java.io.IOException;

/** Durable writes: of batches before there is a graph and while it takes points in, and of single points. */
record UpsertWork(Setting setting) {
    private static final int BATCH = 100;
    private static final int BATCH_CLIENTS = 4;
    private static final int SINGLE_CLIENTS = 16;

    /** Turns of single writes: their rate depends on how often the disk was made to write. */
    private static final int SINGLE_TURNS = 5;

    private static final double NO_LIMIT = Double.POSITIVE_INFINITY;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double ASKED_BEFORE = 20_000;
    private static final double ASKED_LIVE = 2000;
    private static final double ASKED_SINGLE = 1000;

    /** All points, and no graph. */
    void run() throws IOException {
        Material material = setting.material();
        try (Scene scene = new Scene(setting.folder(), material.set().dimension())) {
            Collection batches = scene.create("batches", Integer.MAX_VALUE);
            Clients.Outcome of = Clients.upsert(batches, material, 0, material.size(), BATCH, BATCH_CLIENTS, NO_LIMIT);
            add(StoreWork.UPSERT, "before indexing", BATCH, BATCH_CLIENTS, of, ASKED_BEFORE);
            scene.delete("batches");
            Collection single = scene.create("single", Integer.MAX_VALUE);
            double seconds = SINGLE_TURNS * setting.scale().seconds();
            Clients.Outcome ones = Clients.upsert(single, material, 0, material.size(), 1, SINGLE_CLIENTS, seconds);
            add(StoreWork.UPSERT, "before indexing", 1, SINGLE_CLIENTS, ones, ASKED_SINGLE);
        }
    }

    /** The last points, into a collection whose graph holds the others. */
    void runLive() throws IOException {
        Material material = setting.material();
        int held = material.size() - Math.min(setting.scale().liveRows(), material.size() / 2);
        try (Scene scene = new Scene(setting.folder(), material.set().dimension())) {
            setting.remark().accept("  building the graph");
            Collection live = scene.fill("live", material, held, setting.scale().threshold());
            long start = System.nanoTime();
            Clients.Outcome of = Clients.upsert(live, material, held, material.size(), BATCH, BATCH_CLIENTS, NO_LIMIT);
            String at = text("live graph of %,d and more", held);
            add(StoreWork.LIVE, at, BATCH, BATCH_CLIENTS, of, ASKED_LIVE);
            Scene.awaitGraph(live);
            double all = (System.nanoTime() - start) / NANOS_A_SECOND;
            setting.add(FigureRow.alone(
                    StoreWork.LIVE, at, "points/s", "written and in the graph", of.points() / all, null));
        }
    }

    /** Writes the first points. */
    static void fill(Collection collection, Material material, int rows) throws IOException {
        if (Clients.upsert(collection, material, 0, rows, BATCH, BATCH_CLIENTS, NO_LIMIT)
                        .points()
                != rows) {
            throw new IllegalStateException("points were left out");
        }
    }

    private void add(StoreWork work, String at, int batch, int clients, Clients.Outcome of, double asked) {
        String who = batch == 1
                ? text("%d clients, single points", clients)
                : text("%d clients, batches of %d", clients, batch);
        setting.add(FigureRow.alone(work, at, "points/s", who, of.pointsASecond(), Asked.atLeast(asked)));
        for (double share : new double[] {0.5, 0.99, 1}) {
            String name = share == 1 ? "longest wait" : text("wait, p%.0f", 100 * share);
            setting.add(FigureRow.alone(
                    work, at, "ms", who + ": " + name, of.waits().micros(share) / 1e3, null));
        }
    }
}
