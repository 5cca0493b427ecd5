package dev.vicino.rows;

import dev.vicino.code.Code;
import dev.vicino.code.Scorer;
import dev.vicino.code.Sphere;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.RowGathers;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Query;
import org.jspecify.annotations.Nullable;

/**
 * Compares queries with the rows themselves; where these are written by a code, with what that stands for. The distances of a query, though
 * not of a node, are those of exact search, bit for bit.
 */
public final class RowScorer implements Scorer {
    private static final RowGathers KERNELS = Kernels.BEST.rowGathers();

    private final RowStore rows;
    private final Sphere sphere;
    /** Of rows that are written by a code. */
    private final @Nullable CodedRows coded;

    private final float[] query;
    /** −1/‖q‖; of use under cosine alone. */
    private float factor;

    private final int[] one = new int[1];
    private final float[] distance = new float[1];
    private float[] inverses = new float[64];
    private double norm;
    /** Above the equator of the sphere, of a node under the dot product. */
    private float height;
    /** Where single precision does not do. */
    private @Nullable Query careful;

    public RowScorer(RowStore rows, Sphere sphere) {
        this.rows = rows;
        this.sphere = sphere;
        this.query = new float[rows.dimension()];
        Code code = rows.code();
        this.coded = code == null ? null : new CodedRows(rows, code);
    }

    @Override
    public void prepare(float[] vector) {
        prepare(vector, Norms.of(vector));
    }

    /** As {@link #prepare(float[])}. */
    public void prepare(Query exact) {
        prepare(exact.values(), exact.norm());
    }

    private void prepare(float[] vector, double length) {
        System.arraycopy(vector, 0, query, 0, query.length);
        norm = length;
        factor = norm == 0 ? 0 : -(1 / (float) norm); // as the norms of rows are stored, so that copies are equally far
        height = 0;
        careful = rows.hasExtremes() || Norms.isExtreme(norm) ? rows.prepare(query.clone()) : null;
        prepareCoded();
    }

    @Override
    public void prepareNode(float[] vector) {
        prepare(vector);
        float length = (float) norm;
        height = rows.form() == Form.DOT ? sphere.height((double) length * length) : 0;
    }

    /** As {@link #prepareNode}, of a row that is there. */
    public void prepareSlot(int slot) {
        rows.get(slot, query);
        factor = -rows.norm(slot);
        height = rows.form() == Form.DOT ? height(slot) : 0;
        careful = rows.hasExtremes() ? rows.prepare(query.clone()) : null;
        prepareCoded();
    }

    private void prepareCoded() {
        if (coded != null) {
            coded.prepare(query);
        }
    }

    private float height(int slot) {
        float norm = rows.norm(slot);
        return sphere.height((double) norm * norm);
    }

    /** The distance of one row. */
    public float score(int slot) {
        one[0] = slot;
        score(one, 1, distance);
        return distance[0];
    }

    @Override
    public void score(int[] slots, int count, float[] out) {
        Query careful = this.careful;
        if (careful != null) {
            for (int i = 0; i < count; i++) {
                out[i] = rows.exact(careful, slots[i]);
            }
        } else if (coded != null) {
            compare(coded, slots, count, out);
        } else {
            compare(slots, count, out);
        }
        if (height != 0) {
            for (int i = 0; i < count; i++) {
                out[i] -= height * height(slots[i]);
            }
        }
    }

    private void compare(CodedRows coded, int[] slots, int count, float[] out) {
        coded.score(slots, count, out);
        if (rows.form() == Form.COSINE) {
            readInverses(slots, count);
            for (int i = 0; i < count; i++) {
                out[i] = Math.max(-1, Math.min(1, out[i] * inverses[i]));
            }
        }
    }

    private void readInverses(int[] slots, int count) {
        if (inverses.length < count) {
            inverses = new float[2 * count];
        }
        rows.norms(slots, count, inverses);
    }

    private void compare(int[] slots, int count, float[] out) {
        switch (rows.form()) {
            case SQUARED_L2 -> KERNELS.squaredL2(query, rows.slots(), slots, count, out);
            case L1 -> KERNELS.l1(query, rows.slots(), slots, count, out);
            case DOT -> {
                KERNELS.dot(query, rows.slots(), slots, count, out);
                for (int i = 0; i < count; i++) {
                    out[i] = -out[i];
                }
            }
            case COSINE -> {
                readInverses(slots, count);
                KERNELS.dot(query, rows.slots(), slots, count, out);
                for (int i = 0; i < count; i++) {
                    out[i] = Math.max(-1, Math.min(1, out[i] * (inverses[i] * factor)));
                }
            }
        }
    }

    /** The distances are exact. */
    @Override
    public float error(int slot) {
        return 0;
    }
}
