package dev.vicino.bench.exact;

import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * What a card takes for a part of a search, by another process.
 *
 * @param doing searches that do that part alone, and answer nothing
 * @param work what a pass moves or computes, in billions of the unit
 */
record CardCeiling(Searcher doing, String unit, ToDoubleFunction<Call> work) implements Ceiling, AutoCloseable {
    @Override
    public String name() {
        return doing.name();
    }

    @Override
    public double billions(Call call) {
        return work.applyAsDouble(call);
    }

    @Override
    public double seconds(Call call, int passes) throws IOException {
        return doing.seconds(call, passes);
    }

    @Override
    public void close() throws IOException {
        doing.close();
    }
}
