package dev.vicino.tree;

import dev.vicino.scan.Norms;

/** Where rows are for the sake of a tree: where their values say, or under cosine on the sphere, scaled to length 1. */
enum Located {
    PLAIN {
        @Override
        void locate(float[] row, double norm) {
            // is there already
        }
    },

    ON_SPHERE {
        @Override
        void locate(float[] row, double norm) {
            for (int i = 0; i < row.length && norm != 0; i++) {
                row[i] = (float) (row[i] / norm);
            }
        }
    };

    /** Turns a row into its point: each value is rounded once. A zero row stays where it is. */
    abstract void locate(float[] row, double norm);

    /** As {@link #locate(float[], double)}. */
    final void locate(float[] row) {
        locate(row, this == PLAIN ? 0 : Norms.of(row));
    }
}
