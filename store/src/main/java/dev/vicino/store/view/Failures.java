package dev.vicino.store.view;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What went wrong last, in a sentence each. */
final class Failures {
    /** What fails once a second shall not fill the memory. */
    private static final int MOST = 100;

    private final Deque<String> last = new ArrayDeque<>();

    synchronized void add(String failure) {
        last.add(failure);
        if (last.size() > MOST) {
            last.remove();
        }
    }

    /** The oldest first. */
    synchronized List<String> list() {
        return List.copyOf(last);
    }
}
