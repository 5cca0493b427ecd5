package dev.vicino.store.view;

import java.util.concurrent.atomic.AtomicInteger;

/** Something that is freed once nobody holds it any more. Whoever makes it holds it. */
abstract class Counted {
    private final AtomicInteger holders = new AtomicInteger(1);

    /** Holds it; false where it is freed already. */
    final boolean retain() {
        for (int now = holders.get(); now > 0; now = holders.get()) {
            if (holders.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /** Lets it go. */
    final void release() {
        if (holders.decrementAndGet() == 0) {
            free();
        }
    }

    /** Whether nobody holds it any more. */
    final boolean isFree() {
        return holders.get() == 0;
    }

    abstract void free();
}
