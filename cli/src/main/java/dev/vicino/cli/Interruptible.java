package dev.vicino.cli;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Work that Ctrl-C ends in good order: its thread is interrupted, deletes what is half-written on its way
 * out, and only then does the JVM end. For the time in which files are written; a scan does not look for interruptions.
 */
final class Interruptible {
    /** Deleting a file takes no time; a disk that hangs shall not keep the user from ending the program. */
    private static final int PATIENCE_SECONDS = 2;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interrupt");

    private Interruptible() {}

    /** What is done; files are written through interruptible channels, which throw when their thread is interrupted. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    /** Does the work on this thread. Does not return, nor throw, once the JVM has begun to end. */
    static void run(Work work) throws IOException {
        var interruptible = new Interruptible();
        Runtime.getRuntime().addShutdownHook(interruptible.hook);
        try {
            work.run();
        } finally {
            interruptible.end();
        }
    }

    private void interrupt() {
        worker.interrupt();
        try {
            boolean ignored = done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("InfiniteLoop") // the JVM is about to end this thread
    private void end() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) { // the JVM is ending; the error that it caused is none to report
            while (true) {
                LockSupport.park(this);
            }
        }
    }
}
