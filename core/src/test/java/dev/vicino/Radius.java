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

    /** The next smaller one. */
    static float smaller(boolean similarity, float radius) {
        return similarity ? Math.nextUp(radius) : Math.nextDown(radius);
    }

    /** The next larger one. */
    static float larger(boolean similarity, float radius) {
        return similarity ? Math.nextDown(radius) : Math.nextUp(radius);
    }
}
