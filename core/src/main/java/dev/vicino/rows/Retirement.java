package dev.vicino.rows;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Things that no search that begins now can reach, kept until no search can hold them. Any number of threads may add; one at a time
 * releases.
 */
public final class Retirement<T> {
    private final Epochs epochs;
    private final Queue<Retired<T>> queue = new ConcurrentLinkedQueue<>();

    private record Retired<T>(T thing, long epoch) {}

    public Retirement(Epochs epochs) {
        this.epochs = epochs;
    }

    public void add(T thing) {
        queue.add(new Retired<>(thing, epochs.now()));
    }

    public boolean isEmpty() {
        return queue.isEmpty();
    }

    public int size() {
        return queue.size();
    }

    /** Tells, in the order in which they were added, of those that nobody can hold any more. */
    public void release(Consumer<T> sink) {
        if (queue.isEmpty()) {
            return;
        }
        epochs.tryPass();
        for (Retired<T> next = queue.peek(); next != null && next.epoch + 2 <= epochs.now(); next = queue.peek()) {
            queue.remove();
            sink.accept(next.thing);
        }
    }
}
