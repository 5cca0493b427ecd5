package dev.vicino.code;

import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;

/**
 * Vectors to train a code on, as it sees them: of length 1 under cosine, less their origin or else their mean, turned.
 *
 * @param centre their mean; no values where they are relative to origins of their own
 */
record TrainingRows(Memory memory, int size, int dimension, float[] centre) implements AutoCloseable {
    /**
     * Copies rows, evenly spread over a sample.
     *
     * @param relative whether each has an origin of its own
     */
    static TrainingRows of(Form form, int dimension, Sample sample, int most, boolean relative) {
        int size = Math.min(sample.size(), most);
        Memory memory = Memory.allocate((long) size * dimension * Float.BYTES);
        float[] row = new float[dimension];
        float[] origin = new float[dimension];
        double[] sum = new double[dimension];
        for (int r = 0; r < size; r++) {
            int place = (int) ((long) r * sample.size() / size);
            sample.copy(place, row);
            if (form == Form.COSINE) {
                Sphere.normalise(row, row);
            }
            if (relative) {
                sample.origin(place, origin);
            }
            for (int i = 0; i < dimension; i++) {
                row[i] -= origin[i];
                sum[i] += row[i];
            }
            MemorySegment.copy(row, 0, memory.segment(), Memory.FLOAT, (long) r * dimension * Float.BYTES, dimension);
        }
        float[] centre = new float[relative ? 0 : dimension];
        for (int i = 0; i < centre.length; i++) {
            float mean = (float) (sum[i] / Math.max(1, size));
            centre[i] = Float.isFinite(mean) ? mean : 0;
        }
        TrainingRows rows = new TrainingRows(memory, size, dimension, centre);
        rows.subtract(centre);
        return rows;
    }

    private void subtract(float[] centre) {
        float[] row = new float[dimension];
        for (int r = 0; r < size && centre.length > 0; r++) {
            get(r, row);
            for (int i = 0; i < dimension; i++) {
                row[i] -= centre[i];
            }
            put(r, row);
        }
    }

    void get(int row, float[] out) {
        memory.get((long) row * dimension, out, dimension);
    }

    private void put(int row, float[] values) {
        MemorySegment.copy(values, 0, memory.segment(), Memory.FLOAT, (long) row * dimension * Float.BYTES, dimension);
    }

    /** The same rows, turned. */
    TrainingRows turned(Turn turn) {
        int turned = turn.turned();
        Memory other = Memory.allocate((long) size * turned * Float.BYTES);
        TrainingRows rows = new TrainingRows(other, size, turned, centre);
        float[] row = new float[dimension];
        float[] out = new float[turned];
        float[] scratch = new float[turned];
        for (int r = 0; r < size; r++) {
            get(r, row);
            turn.turn(row, out, scratch);
            rows.put(r, out);
        }
        return rows;
    }

    /** A copy of some of the rows, evenly spread. */
    TrainingRows some(int most) {
        int count = Math.min(size, most);
        Memory other = Memory.allocate((long) count * dimension * Float.BYTES);
        TrainingRows copy = new TrainingRows(other, count, dimension, centre);
        float[] row = new float[dimension];
        for (int r = 0; r < count; r++) {
            get((int) ((long) r * size / count), row);
            copy.put(r, row);
        }
        return copy;
    }

    Rows rows() {
        return Rows.of(memory, size, dimension);
    }

    @Override
    public void close() {
        memory.close();
    }
}
