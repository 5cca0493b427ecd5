package dev.vicino.bench.race;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** How long each of many calls took. Not safe for use by several threads. */
public final class Latencies {
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_SECOND = 1e9;
    private static final int FIRST_ROOM = 1024;

    private long[] nanos = new long[FIRST_ROOM];
    private int count;

    /** A call that is timed. */
    public interface Timed {
        /**
         * Calls.
         *
         * @param number of the call, from 0 on
         */
        void call(int number) throws IOException;
    }

    /** Calls one after the other for so long or until something is over, at least once. */
    public static Latencies of(double seconds, BooleanSupplier over, Timed timed) throws IOException {
        Latencies latencies = new Latencies();
        long start = System.nanoTime();
        long now = start;
        do {
            long begin = System.nanoTime(); // asking whether it is over is no part of a call
            timed.call(latencies.count);
            now = System.nanoTime();
            latencies.add(now - begin);
        } while (now - start < seconds * NANOS_A_SECOND && !over.getAsBoolean());
        return latencies;
    }

    /** Adds a call. */
    public void add(long callNanos) {
        nanos = count < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * count);
        nanos[count++] = callNanos;
    }

    /** Adds the calls of another thread. */
    public void addAll(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    /** How many calls there were. */
    public int count() {
        return count;
    }

    /** Calls in a second by one thread that did nothing else. */
    public double rate() {
        return count / (Arrays.stream(nanos, 0, count).sum() / NANOS_A_SECOND);
    }

    /** Microseconds that so large a share of the calls took at most; there is at least one. */
    public double micros(double share) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) (share * (count - 1))] / NANOS_A_MICRO;
    }
}
