package dev.vicino.lists;

/** Adds one row after another to the lists that they belong to. Scratch memory of one thread; several may add at once. */
final class ListInserter {
    private final Lists lists;
    private final Coarse.Ranking ranking;
    private final Lists.Writer writer;
    private float distance;

    ListInserter(Lists lists) {
        this.lists = lists;
        this.ranking = lists.learnt().coarse().new Ranking();
        this.writer = lists.new Writer();
    }

    /** The lists that it adds to. */
    Lists lists() {
        return lists;
    }

    /** Adds the row of a slot; tells to which list. */
    int insert(int slot, float[] vector) {
        int list = ranking.assign(vector);
        distance = ranking.distance(list);
        writer.begin(list);
        writer.add(list, slot, vector);
        return list;
    }

    /** How far the last row is from its centroid. */
    float distance() {
        return distance;
    }
}
