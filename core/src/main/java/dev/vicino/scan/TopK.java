package dev.vicino.scan;

/**
 * The k smallest pairs of (distance, id) among those added: a binary heap with the largest on top.
 */
public final class TopK implements Nearest {
    private final int k;
    private final Ids ids;
    private final float[] distances;
    private final int[] ordinals;
    private int size;

    /** Of nothing yet. */
    public TopK(int k, Ids ids) {
        this.k = k;
        this.ids = ids;
        this.distances = new float[k];
        this.ordinals = new int[k];
    }

    @Override
    public float threshold() {
        return size < k ? Float.POSITIVE_INFINITY : k == 0 ? Float.NEGATIVE_INFINITY : distances[0];
    }

    @Override
    public int k() {
        return k;
    }

    @Override
    public void add(float distance, int ordinal) {
        if (size < k) {
            size++;
            siftUp(size - 1, distance, ordinal);
        } else if (k > 0 && isFarther(0, distance, ordinal)) {
            siftDown(size, distance, ordinal);
        }
    }

    @Override
    public Hits drain(Hits.Work work) {
        float[] sortedDistances = new float[size];
        int[] sortedOrdinals = new int[size];
        for (int last = size - 1; last >= 0; last--) {
            sortedDistances[last] = distances[0];
            sortedOrdinals[last] = ordinals[0];
            siftDown(last, distances[last], ordinals[last]);
        }
        size = 0;
        return new Hits(sortedOrdinals, sortedDistances, work);
    }

    /** Whether the pair in a place of the heap is farther than another pair. */
    private boolean isFarther(int place, float distance, int ordinal) {
        return distances[place] > distance
                || (distances[place] == distance && ids.of(ordinals[place]) > ids.of(ordinal));
    }

    private void siftUp(int from, float distance, int ordinal) {
        int place = from;
        while (place > 0 && !isFarther((place - 1) >> 1, distance, ordinal)) {
            move((place - 1) >> 1, place);
            place = (place - 1) >> 1;
        }
        put(place, distance, ordinal);
    }

    /** Puts a pair in the place of the top of a heap of {@code count} pairs. */
    private void siftDown(int count, float distance, int ordinal) {
        int place = 0;
        for (int child = 1; child < count; child = 2 * place + 1) {
            if (child + 1 < count && isFarther(child + 1, distances[child], ordinals[child])) {
                child++;
            }
            if (!isFarther(child, distance, ordinal)) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, distance, ordinal);
    }

    private void move(int from, int to) {
        put(to, distances[from], ordinals[from]);
    }

    private void put(int place, float distance, int ordinal) {
        distances[place] = distance;
        ordinals[place] = ordinal;
    }
}
