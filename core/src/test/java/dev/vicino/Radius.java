package dev.vicino;

/** What a radius means, as the {@link Oracle} sees it. */
final class Radius {
    private Radius() {}

    /** How many of all neighbours of a query, nearest first, are within a radius. */
    static int count(Neighbors all, boolean similarity, float radius) {
        int count = 0;
        while (count < all.size() && (similarity ? all.score(count) >= radius : all.score(count) <= radius)) {
            count++;
        }
        return count;
    }

    /** One that holds everything. */
    static float everything(boolean similarity) {
        return similarity ? -Float.MAX_VALUE : Float.MAX_VALUE;
    }

    /** The next smaller one that is finite. */
    static float smaller(boolean similarity, float radius) {
        return similarity ? Math.min(Math.nextUp(radius), Float.MAX_VALUE) : Math.nextDown(radius);
    }

    /** The next larger one that is finite. */
    static float larger(boolean similarity, float radius) {
        return similarity
                ? Math.max(Math.nextDown(radius), -Float.MAX_VALUE)
                : Math.min(Math.nextUp(radius), Float.MAX_VALUE);
    }
}
