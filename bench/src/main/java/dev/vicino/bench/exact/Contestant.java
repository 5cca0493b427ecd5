package dev.vicino.bench.exact;

import java.io.IOException;

/** Somebody whose time is taken. */
interface Contestant {
    /** As the table names it. */
    String name();

    /** Seconds that {@code passes} passes take, without what can be made ready before. */
    double seconds(Call call, int passes) throws IOException;

    /** Whether it becomes faster while it runs, because a JVM compiles it. */
    boolean warmsUp();
}
