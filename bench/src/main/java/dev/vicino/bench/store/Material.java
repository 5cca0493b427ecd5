package dev.vicino.bench.store;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.Vectors;
import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.data.Permutation;
import dev.vicino.files.VectorFiles;
import dev.vicino.io.Progress;
import dev.vicino.store.filter.Bounds;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.point.Point;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Points to write, and queries. The id of a point is the number of its row; its payload is that of the data, where that has one, and a
 * number below {@value #MOST} by which filters pick shares of all points: every number stands at as many points, picked by chance.
 *
 * @param set where they are from
 * @param base the vectors
 * @param queries the queries
 * @param payloads one a vector
 */
record Material(DataSet set, Vectors base, Vectors queries, List<ObjectNode> payloads) implements AutoCloseable {
    /** The field of the number. */
    static final String FIELD = "pick";

    static final int MOST = 1000;

    private static final String PAYLOAD = "minilm-130k.payload.jsonl.gz";
    private static final long SEED = 1;

    /** Reads points and queries. */
    static Material load(DataFolder folder) throws IOException {
        DataSet set = folder.sentences();
        Vectors base = VectorFiles.load(set.base(), Progress.NONE);
        Vectors queries = VectorFiles.load(set.queries(), Progress.NONE);
        return new Material(set, base, queries, payloads(folder.source(), base.size()));
    }

    private static List<ObjectNode> payloads(@Nullable Path source, int count) throws IOException {
        Path file = source == null ? null : source.resolve(PAYLOAD);
        List<ObjectNode> payloads = file != null && Files.exists(file)
                ? read(file, count)
                : IntStream.range(0, count)
                        .mapToObj(_ -> JsonNodeFactory.instance.objectNode())
                        .toList();
        int[] order = Permutation.of(count, new SplittableRandom(SEED));
        for (int row = 0; row < count; row++) {
            payloads.get(row).put(FIELD, order[row] % MOST);
        }
        return payloads;
    }

    private static List<ObjectNode> read(Path file, int count) throws IOException {
        ObjectReader json = JsonMapper.builder().build().reader();
        List<ObjectNode> payloads = new ArrayList<>();
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null && payloads.size() < count; line = lines.readLine()) {
                payloads.add((ObjectNode) json.readTree(line));
            }
        }
        if (payloads.size() < count) {
            throw new IOException(file + ": lines = " + payloads.size() + ", expected " + count);
        }
        return payloads;
    }

    int size() {
        return base.size();
    }

    /** The point of a row. */
    Point point(int row) {
        return Point.of(row, base.row(row)).withPayload(payloads.get(row));
    }

    /** The number by which filters pick a point. */
    int pick(int row) {
        return payloads.get(row).get(FIELD).intValue();
    }

    /** The points whose number is below a bound. */
    static Filter below(int bound) {
        return Filter.must(
                new Condition.Field(JsonPath.parse(FIELD), new FieldTest.NumberRange(Bounds.below((double) bound))));
    }

    /** The queries in an array. */
    float[][] asked() {
        return IntStream.range(0, queries.size()).mapToObj(queries::row).toArray(float[][]::new);
    }

    /** The vectors once more, for an index to own. */
    Vectors copy() throws IOException {
        return VectorFiles.load(set.base(), Progress.NONE);
    }

    @Override
    public void close() {
        base.close();
        queries.close();
    }
}
