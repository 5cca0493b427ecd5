package dev.vicino.bench.store;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.bench.race.Asked;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.Launch;
import dev.vicino.bench.race.Median;
import dev.vicino.bench.race.Tool;
import java.io.IOException;
import java.util.List;

/** Opening a database in a fresh JVM, and once more in the same: from the call until the first search has its answer. */
record OpenWork(Setting setting) {
    private static final double ASKED_SECONDS = 1;
    private static final List<String> OPTIONS =
            List.of("--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED");

    /**
     * In some rounds.
     *
     * @param name of the collection, all of whose vectors are in its graph
     */
    void run(Scene scene, String name) throws IOException {
        int rounds = setting.scale().rounds();
        double[] first = new double[rounds];
        double[] second = new double[rounds];
        scene.lend(() -> {
            for (int round = 0; round < rounds; round++) {
                String[] seconds = Tool.run(Launch.java(
                                OPTIONS, Opening.class, scene.folder().toString(), name))
                        .strip()
                        .lines()
                        .toList()
                        .getLast()
                        .split(" ", -1);
                first[round] = Double.parseDouble(seconds[0]);
                second[round] = Double.parseDouble(seconds[1]);
            }
        });
        add("in a fresh JVM", first);
        add("in a JVM that has opened it before", second);
    }

    private void add(String where, double[] seconds) {
        String at = text("%,d points, in the page cache", setting.material().size());
        setting.add(FigureRow.alone(StoreWork.OPEN, at, "s", where, Median.of(seconds), Asked.atMost(ASKED_SECONDS)));
    }
}
