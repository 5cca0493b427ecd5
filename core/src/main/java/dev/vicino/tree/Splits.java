package dev.vicino.tree;

/** Divides rows by their order along one direction: that of an axis for boxes, any for balls. */
final class Splits {
    private final Shape shape;
    private final Batch batch;
    private final int[] order;

    Splits(Shape shape, Batch batch, int[] order) {
        this.shape = shape;
        this.batch = batch;
        this.order = order;
    }

    /** Reorders places {@code [from, to)} so that no point of {@code [from, middle)} lies behind one of the others. */
    void split(int from, int middle, int to) {
        float[] keys = new float[to - from];
        switch (shape) {
            case Boxes boxes -> alongWidestAxis(boxes.around(batch, order, from, to), from, keys);
            case Balls balls -> alongDiameter(balls.around(batch, order, from, to), from, keys);
        }
        select(keys, from, middle - from);
    }

    private void alongWidestAxis(float[] box, int from, float[] keys) {
        int d = shape.dimension();
        int widest = 0;
        for (int c = 1; c < d; c++) {
            if (box[d + c] - box[c] > box[d + widest] - box[widest]) {
                widest = c;
            }
        }
        float[] point = new float[d];
        for (int i = 0; i < keys.length; i++) {
            locate(from + i, point);
            keys[i] = point[widest];
        }
    }

    /** From the point that is farthest from the centre to the one that is farthest from that: about the longest way across. */
    private void alongDiameter(float[] ball, int from, float[] keys) {
        float[] one = farthest(ball, from, keys.length);
        float[] other = farthest(one, from, keys.length);
        float[] point = new float[shape.dimension()];
        for (int i = 0; i < keys.length; i++) {
            locate(from + i, point);
            double along = 0;
            for (int c = 0; c < point.length; c++) {
                along += point[c] * ((double) other[c] - one[c]);
            }
            keys[i] = (float) along;
        }
    }

    private float[] farthest(float[] centre, int from, int count) {
        float[] point = new float[shape.dimension()];
        float[] farthest = point.clone();
        double most = -1;
        for (int i = from; i < from + count; i++) {
            locate(i, point);
            double distance = shape.distance(centre, point);
            if (distance > most) {
                most = distance;
                System.arraycopy(point, 0, farthest, 0, point.length);
            }
        }
        return farthest;
    }

    private void locate(int i, float[] point) {
        batch.row(order[i], point);
        shape.located.locate(point);
    }

    /** Puts the {@code count} smallest keys first, and their rows with them (Hoare, Algorithm 65: Find, 1961). */
    private void select(float[] keys, int from, int count) {
        int low = 0;
        int high = keys.length - 1;
        while (low < high) {
            float pivot = median(keys[low], keys[(low + high) >>> 1], keys[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (keys[i] < pivot) {
                    i++;
                }
                while (keys[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(keys, from, i++, j--);
                }
            }
            if (count - 1 <= j) {
                high = j;
            } else if (count - 1 >= i) {
                low = i;
            } else {
                break;
            }
        }
    }

    private void swap(float[] keys, int from, int i, int j) {
        float key = keys[i];
        keys[i] = keys[j];
        keys[j] = key;
        int row = order[from + i];
        order[from + i] = order[from + j];
        order[from + j] = row;
    }

    private static float median(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
