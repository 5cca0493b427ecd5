package dev.vicino.gpu;

import java.lang.foreign.MemorySegment;

/**
 * The calls of the CUDA driver that are needed here. Contexts, functions, streams, events and addresses on the card are the numbers that
 * the driver has for them. Whatever works in a context is called by threads that have pushed it.
 *
 * <p>All methods throw a {@link dev.vicino.card.CardException} with the driver's name and text for what went wrong. Safe for use by any
 * number of threads.
 */
interface Driver {
    /** Threads of every block of a launch. */
    int THREADS = 256;

    int deviceCount();

    String deviceName(int device);

    /** Ten times the major number and the minor one: 80 for 8.0. */
    int computeCapability(int device);

    /** The one context that all users of a device in this process share, kept until it is released as often. */
    long retainContext(int device);

    void releaseContext(int device);

    /** Makes a context that of the calling thread, until it is popped. */
    void pushContext(long context);

    void popContext();

    /** Compiles the text of kernels. */
    long loadModule(String ptx);

    void unloadModule(long module);

    long function(long module, String name);

    /** Memory of the card that nobody has taken, in bytes. */
    long bytesFree();

    long allocate(long bytes);

    void free(long address);

    long createStream();

    /** Waits until all work of a stream is done. */
    void synchronizeStream(long stream);

    void destroyStream(long stream);

    long createEvent();

    /** The event happens once all is done that the stream has been given so far. */
    void recordEvent(long event, long stream);

    /** What the stream is given from now on waits for the event as it was recorded last; not at all where it never was. */
    void waitForEvent(long stream, long event);

    /** Waits for the event as it was recorded last; not at all where it never was. */
    void synchronizeEvent(long event);

    void destroyEvent(long event);

    /** Copies to the card, at the stream's turn. The source must stay as it is until then. */
    void upload(long to, MemorySegment from, long stream);

    /** Copies from the card, at the stream's turn. */
    void download(MemorySegment to, long from, long stream);

    /** Copies on the card, at the stream's turn. */
    void copy(long to, long from, long bytes, long stream);

    /** Sets bytes, a multiple of four, to zero, at the stream's turn. */
    void clear(long address, long bytes, long stream);

    /**
     * Starts {@code blocks} of {@link #THREADS} threads, at the stream's turn.
     *
     * @param argument the only parameter of the function, copied at once
     */
    void launch(long function, int blocks, MemorySegment argument, long stream);
}
