package dev.vicino.bench.exact;

import java.io.IOException;

/** An index that is timed, and whose answers can be looked at. */
interface Searcher extends Contestant, AutoCloseable {
    /** The answers to all queries of a call. */
    Answers answers(Call call) throws IOException;

    @Override
    void close() throws IOException;
}
