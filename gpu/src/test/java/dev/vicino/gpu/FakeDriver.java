package dev.vicino.gpu;

import dev.vicino.card.CardException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A driver of a card that there is not. What is given to streams is done late, or early, in an order drawn at random among those that
 * events allow: whoever relies on another is caught. So is who has no context, uses what was given back or gives back what is not there.
 */
final class FakeDriver implements Driver {
    static final long CAPACITY = 1L << 30;

    private final FakeMemory memory;
    private final KernelTwins kernels;
    private final Random random;
    private final Map<Long, Deque<Runnable>> streams = new HashMap<>();
    private final Map<Long, Mark> events = new HashMap<>();
    private final Map<Long, String> functions = new HashMap<>();
    private final List<Long> modules = new ArrayList<>();
    private final Map<Thread, Deque<Long>> contexts = new HashMap<>();
    private int retained;
    private long nextHandle = 1000;
    private int callsLeft = Integer.MAX_VALUE;
    private int devices = 1;
    private int capability = 90;
    private int launches;

    FakeDriver(long capacity, Random random) {
        this.memory = new FakeMemory(capacity);
        this.kernels = new KernelTwins(memory);
        this.random = random;
    }

    /** A point in a stream. */
    private static final class Mark {
        final long stream;
        boolean reached;

        Mark(long stream) {
            this.stream = stream;
        }
    }

    synchronized FakeDriver withDevices(int count, int computeCapability) {
        devices = count;
        capability = computeCapability;
        return this;
    }

    /** The call after so many fails, and all after it, but for those that give something back. */
    synchronized void failAfter(int calls) {
        callsLeft = calls;
    }

    /** Launches of kernels so far. */
    synchronized int launches() {
        return launches;
    }

    /** Whether all was given back. */
    synchronized boolean hasNothing() {
        return memory.isEmpty()
                && streams.isEmpty()
                && events.isEmpty()
                && modules.isEmpty()
                && retained == 0
                && contexts.values().stream().allMatch(Deque::isEmpty);
    }

    private void called(String function) {
        if (callsLeft-- <= 0) {
            callsLeft = 0;
            throw new CardException(function + " failed: CUDA_ERROR_LAUNCH_FAILED, unspecified launch failure");
        }
    }

    private void inContext(String function) {
        called(function);
        requireContext(function);
    }

    private void requireContext(String function) {
        if (contexts.getOrDefault(Thread.currentThread(), new ArrayDeque<>()).isEmpty()) {
            throw new IllegalStateException(function + " without a context");
        }
    }

    private void enqueue(long stream, Runnable work) {
        Deque<Runnable> queue = streams.get(stream);
        if (queue == null) {
            throw new IllegalStateException("there is no stream " + stream);
        }
        queue.add(work);
        if (random.nextInt(3) == 0) {
            List<Long> all = new ArrayList<>(streams.keySet());
            some(all.get(random.nextInt(all.size())), random.nextInt(4));
        }
    }

    private void some(long stream, int most) {
        Deque<Runnable> queue = streams.get(stream);
        for (int i = 0; i < most && !queue.isEmpty(); i++) {
            queue.poll().run();
        }
    }

    private void reach(Mark mark) {
        while (!mark.reached) {
            streams.get(mark.stream).poll().run();
        }
    }

    @Override
    public synchronized int deviceCount() {
        return devices;
    }

    @Override
    public synchronized String deviceName(int device) {
        return "Fake " + device;
    }

    @Override
    public synchronized int computeCapability(int device) {
        return capability;
    }

    @Override
    public synchronized long retainContext(int device) {
        called("cuDevicePrimaryCtxRetain");
        retained++;
        return 7;
    }

    @Override
    public synchronized void releaseContext(int device) {
        retained--;
    }

    @Override
    public synchronized void pushContext(long context) {
        if (context != 7 || retained == 0) {
            throw new IllegalStateException("context " + context + " is not retained");
        }
        contexts.computeIfAbsent(Thread.currentThread(), thread -> new ArrayDeque<>())
                .push(context);
    }

    @Override
    public synchronized void popContext() {
        contexts.get(Thread.currentThread()).pop();
    }

    @Override
    public synchronized long loadModule(String ptx) {
        inContext("cuModuleLoadData");
        modules.add(++nextHandle);
        return nextHandle;
    }

    @Override
    public synchronized void unloadModule(long module) {
        requireContext("cuModuleUnload");
        if (!modules.remove(module)) {
            throw new IllegalStateException("there is no module " + module);
        }
    }

    @Override
    public synchronized long function(long module, String name) {
        inContext("cuModuleGetFunction");
        functions.put(++nextHandle, name);
        return nextHandle;
    }

    @Override
    public synchronized long bytesFree() {
        inContext("cuMemGetInfo");
        return memory.bytesFree();
    }

    @Override
    public synchronized long allocate(long bytes) {
        inContext("cuMemAlloc");
        return memory.allocate(bytes);
    }

    @Override
    public synchronized void free(long address) {
        requireContext("cuMemFree");
        memory.free(address);
    }

    @Override
    public synchronized long createStream() {
        inContext("cuStreamCreate");
        streams.put(++nextHandle, new ArrayDeque<>());
        return nextHandle;
    }

    @Override
    public synchronized void synchronizeStream(long stream) {
        requireContext("cuStreamSynchronize");
        some(stream, Integer.MAX_VALUE);
        called("cuStreamSynchronize");
    }

    @Override
    public synchronized void destroyStream(long stream) {
        requireContext("cuStreamDestroy");
        if (!streams.remove(stream).isEmpty()) {
            throw new IllegalStateException("stream " + stream + " has not come to its end");
        }
    }

    @Override
    public synchronized long createEvent() {
        inContext("cuEventCreate");
        events.put(++nextHandle, reachedMark());
        return nextHandle;
    }

    private static Mark reachedMark() {
        Mark mark = new Mark(0);
        mark.reached = true;
        return mark;
    }

    @Override
    public synchronized void recordEvent(long event, long stream) {
        inContext("cuEventRecord");
        Mark mark = new Mark(stream);
        events.put(event, mark);
        enqueue(stream, () -> mark.reached = true);
    }

    @Override
    public synchronized void waitForEvent(long stream, long event) {
        inContext("cuStreamWaitEvent");
        Mark mark = events.get(event);
        enqueue(stream, () -> reach(mark));
    }

    @Override
    public synchronized void synchronizeEvent(long event) {
        inContext("cuEventSynchronize");
        reach(events.get(event));
    }

    @Override
    public synchronized void destroyEvent(long event) {
        requireContext("cuEventDestroy");
        events.remove(event);
    }

    @Override
    public synchronized void upload(long to, MemorySegment from, long stream) {
        inContext("cuMemcpyHtoDAsync");
        enqueue(stream, () -> memory.at(to, from.byteSize()).copyFrom(from));
    }

    @Override
    public synchronized void download(MemorySegment to, long from, long stream) {
        inContext("cuMemcpyDtoHAsync");
        enqueue(stream, () -> to.copyFrom(memory.at(from, to.byteSize())));
    }

    @Override
    public synchronized void copy(long to, long from, long bytes, long stream) {
        inContext("cuMemcpyDtoDAsync");
        enqueue(stream, () -> memory.at(to, bytes).copyFrom(memory.at(from, bytes)));
    }

    @Override
    public synchronized void clear(long address, long bytes, long stream) {
        inContext("cuMemsetD32Async");
        enqueue(stream, () -> memory.at(address, bytes).fill((byte) 0));
    }

    @Override
    public synchronized void launch(long function, int blocks, MemorySegment argument, long stream) {
        inContext("cuLaunchKernel");
        if (blocks <= 0) {
            throw new CardException("cuLaunchKernel failed: CUDA_ERROR_INVALID_VALUE, invalid argument");
        }
        launches++;
        String name = functions.get(function);
        MemorySegment copy = MemorySegment.ofArray(new long[(int) (argument.byteSize() / Long.BYTES)]);
        copy.copyFrom(argument);
        enqueue(stream, () -> kernels.run(name, blocks, copy));
    }
}
