package dev.vicino.gpu;

import java.util.function.Supplier;

/** The context of a card, in which all work with it is done. Safe for use by any number of threads. */
final class Context implements AutoCloseable {
    private final Driver driver;
    private final int device;
    private final long handle;

    private Context(Driver driver, int device, long handle) {
        this.driver = driver;
        this.device = device;
        this.handle = handle;
    }

    static Context retain(Driver driver, int device) {
        return new Context(driver, device, driver.retainContext(device));
    }

    Driver driver() {
        return driver;
    }

    /** Works in the context, which is the calling thread's meanwhile; afterwards that has the one it had before. */
    <T> T call(Supplier<T> work) {
        driver.pushContext(handle);
        try {
            return work.get();
        } finally {
            driver.popContext();
        }
    }

    void run(Runnable work) {
        driver.pushContext(handle);
        try {
            work.run();
        } finally {
            driver.popContext();
        }
    }

    @Override
    public void close() {
        driver.releaseContext(device);
    }
}
