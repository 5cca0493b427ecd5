package dev.vicino.scan;

/** Selection of the k-th smallest of an array (Hoare, Algorithm 65: Find, 1961). */
public final class Select {
    private Select() {}

    /**
     * The k-th smallest of the first {@code count} values, which are reordered.
     *
     * @param k 1..count
     */
    public static float smallest(float[] values, int count, int k) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            float pivot = median(values[low], values[(low + high) >>> 1], values[high]);
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    float swapped = values[i];
                    values[i++] = values[j];
                    values[j--] = swapped;
                }
            }
            if (k - 1 <= j) {
                high = j;
            } else if (k - 1 >= i) {
                low = i;
            } else {
                break;
            }
        }
        return values[k - 1];
    }

    private static float median(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
