package dev.vicino.scan;

import java.util.Arrays;

/** All rows at a distance of at most a radius, in arrays that grow. */
final class WithinRadius implements Nearest {
    private final float radius;
    private final Ids ids;
    private float[] distances = new float[16];
    private int[] ordinals = new int[16];
    private int size;

    WithinRadius(float radius, Ids ids) {
        this.radius = radius;
        this.ids = ids;
    }

    @Override
    public float threshold() {
        return radius;
    }

    @Override
    public int k() {
        return 0;
    }

    @Override
    public void add(float distance, int ordinal) {
        if (!(distance <= radius)) {
            return;
        }
        if (size == ordinals.length) {
            distances = Arrays.copyOf(distances, 2 * size);
            ordinals = Arrays.copyOf(ordinals, 2 * size);
        }
        distances[size] = distance;
        ordinals[size] = ordinal;
        size++;
    }

    @Override
    public Hits drain(Hits.Work work) {
        TopK sorted = new TopK(size, ids);
        for (int i = 0; i < size; i++) {
            sorted.add(distances[i], ordinals[i]);
        }
        size = 0;
        return sorted.drain(work);
    }
}
