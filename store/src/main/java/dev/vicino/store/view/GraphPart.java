package dev.vicino.store.view;

import dev.vicino.LiveIndex;

/** The graph of a view, for as long as somebody searches it. */
final class GraphPart extends Counted {
    private final LiveIndex index;

    GraphPart(LiveIndex index) {
        this.index = index;
    }

    LiveIndex index() {
        return index;
    }

    @Override
    void free() {
        index.close();
    }
}
