package dev.vicino.bench.exact;

/**
 * The searches of one pass: the first queries of the data set, so many a call.
 *
 * @param queries in all, a multiple of {@code batch}
 * @param batch queries a call
 * @param k neighbours of each
 * @param threads threads that a call is divided between
 */
record Call(int queries, int batch, int k, int threads) {
    Call {
        if (queries < 1 || batch < 1 || queries % batch != 0 || k < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "queries = %d, batch = %d, k = %d, threads = %d".formatted(queries, batch, k, threads)
                            + ", expected each at least 1 and queries a multiple of batch");
        }
    }

    /** One query a call, on one thread. */
    static Call single(int queries, int k) {
        return new Call(queries, 1, k, 1);
    }

    /** All queries in one call, on one thread. */
    static Call batch(int queries, int k) {
        return new Call(queries, queries, k, 1);
    }

    /** How many calls a pass makes. */
    int count() {
        return queries / batch;
    }

    Call withQueries(int queries) {
        return new Call(queries, batch, k, threads);
    }

    Call withThreads(int threads) {
        return new Call(queries, batch, k, threads);
    }
}
