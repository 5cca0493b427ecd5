package dev.vicino.io;

/** Hears how far a long piece of work has come. Called by the threads that do the work, one at a time, so it must return at once. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (done, total) -> {};

    /**
     * Takes note.
     *
     * @param done units done so far, never falling
     * @param total units in all, or −1 where that is not known
     */
    void update(long done, long total);

    /**
     * Takes note of what is done from now on, where work has several steps.
     *
     * @param name such as "codes"; of one or two words
     */
    default void step(String name) {}
}
