package dev.vicino.store.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.Limits;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.truth.TruthWriter;
import java.util.List;
import java.util.Map;

/** What an operation must be, whatever there is. */
final class Checks {
    private final CollectionSettings settings;

    Checks(CollectionSettings settings) {
        this.settings = settings;
    }

    /**
     * Checks operations.
     *
     * @return how many points they name
     * @throws IllegalArgumentException naming what is wrong with one
     */
    long check(List<Operation> operations) {
        long points = 0;
        for (Operation operation : operations) {
            points += check(operation);
        }
        Limits limits = settings.limits();
        if (points > limits.batchPoints()) {
            throw new IllegalArgumentException(
                    "write of " + points + " points, expected at most " + limits.batchPoints());
        }
        return points;
    }

    /** Checks an operation; tells how many points it names. */
    private long check(Operation operation) {
        return switch (operation) {
            case Operation.Upsert upsert -> {
                upsert.points().forEach(this::check);
                yield upsert.points().size();
            }
            case Operation.UpdateVectors update -> {
                update.vectors().values().forEach(this::check);
                yield update.vectors().size();
            }
            case Operation.SetPayload set -> check(set.payload(), set.points());
            case Operation.OverwritePayload overwrite -> check(overwrite.payload(), overwrite.points());
            case Operation.DeleteVectors delete -> {
                delete.names().forEach(this::vector);
                yield named(delete.points());
            }
            case Operation.Delete delete -> named(delete.points());
            case Operation.DeletePayload delete -> named(delete.points());
            case Operation.ClearPayload clear -> named(clear.points());
        };
    }

    private long check(ObjectNode payload, PointSelector points) {
        checkSize(TruthWriter.json(payload));
        return named(points);
    }

    private static long named(PointSelector points) {
        return points instanceof PointSelector.Ids ids ? ids.ids().size() : 0;
    }

    private void check(Point point) {
        check(point.vectors());
        checkSize(TruthWriter.json(point.payload()));
    }

    /** Checks the size of a payload. */
    void checkSize(byte[] json) {
        int most = settings.limits().payloadBytes();
        if (json.length > most) {
            throw new IllegalArgumentException("payload of " + json.length + " bytes, expected at most " + most);
        }
    }

    private void check(Map<String, VectorValue> vectors) {
        vectors.forEach(this::check);
    }

    private void check(String name, VectorValue vector) {
        VectorSettings expected = vector(name);
        boolean fits = switch (vector) {
            case VectorValue.Dense dense ->
                expected instanceof VectorSettings.Dense wanted && wanted.dimension() == dense.values().length;
            case VectorValue.Sparse sparse -> expected instanceof VectorSettings.Sparse;
        };
        if (!fits) {
            throw new IllegalArgumentException("vector \"" + name + "\" is " + sort(vector) + ", expected " + expected);
        }
    }

    private static String sort(VectorValue vector) {
        return vector instanceof VectorValue.Dense(float[] values)
                ? "dense with " + values.length + " values"
                : "sparse";
    }

    private VectorSettings vector(String name) {
        VectorSettings vector = settings.vectors().get(name);
        if (vector == null) {
            throw new IllegalArgumentException("vector \"" + name + "\", expected one of " + settings.names());
        }
        return vector;
    }
}
