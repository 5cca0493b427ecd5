package dev.vicino.bench.store;

import dev.vicino.store.Collection;
import dev.vicino.store.Database;
import dev.vicino.store.point.Point;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/** A program that opens a database twice, each time until the first answer, and prints how many seconds each took. */
final class Opening {
    private static final double NANOS_A_SECOND = 1e9;

    private Opening() {}

    /** @param args the folder, and the name of a collection in it */
    public static void main(String[] args) throws IOException {
        double first = seconds(Path.of(args[0]), args[1]);
        double second = seconds(Path.of(args[0]), args[1]);
        System.out.println(first + " " + second);
    }

    private static double seconds(Path folder, String name) throws IOException {
        long start = System.nanoTime();
        try (Database database = Database.open(folder)) {
            Collection collection = database.collection(name);
            if (collection
                    .search(SearchRequest.of(Query.of(any(collection)), 1))
                    .points()
                    .isEmpty()) {
                throw new IllegalStateException("nothing was found");
            }
            return (System.nanoTime() - start) / NANOS_A_SECOND;
        }
    }

    private static float[] any(Collection collection) {
        VectorSettings.Dense vectors = (VectorSettings.Dense)
                Objects.requireNonNull(collection.settings().vectors().get(Point.UNNAMED));
        float[] query = new float[vectors.dimension()];
        Arrays.fill(query, 1);
        return query;
    }
}
