package dev.vicino.gpu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The CUDA driver of this machine. Functions have the names, and where the header {@code cuda.h} renames them the versions, that
 * programs compiled since CUDA 4 are linked with. Handles and addresses are 64 bits wide, passed as numbers.
 */
final class CudaDriver implements Driver {
    /** Of {@code CUdevice_attribute}. */
    private static final int CAPABILITY_MAJOR = 75;

    private static final int CAPABILITY_MINOR = 76;

    /** CU_STREAM_NON_BLOCKING: no waiting for whatever another library does on the default stream. */
    private static final int NON_BLOCKING = 1;

    /** CU_EVENT_DISABLE_TIMING. */
    private static final int NO_TIMING = 2;

    private static final int MAX_NAME = 256;

    private final CudaLibrary library;
    private final MethodHandle deviceGetCount;
    private final MethodHandle deviceGet;
    private final MethodHandle deviceGetName;
    private final MethodHandle deviceGetAttribute;
    private final MethodHandle primaryContextRetain;
    private final MethodHandle primaryContextRelease;
    private final MethodHandle contextPush;
    private final MethodHandle contextPop;
    private final MethodHandle moduleLoadData;
    private final MethodHandle moduleUnload;
    private final MethodHandle moduleGetFunction;
    private final MethodHandle memoryInfo;
    private final MethodHandle memoryAllocate;
    private final MethodHandle memoryFree;
    private final MethodHandle copyToDevice;
    private final MethodHandle copyToHost;
    private final MethodHandle copyOnDevice;
    private final MethodHandle set;
    private final MethodHandle streamCreate;
    private final MethodHandle streamSynchronize;
    private final MethodHandle streamDestroy;
    private final MethodHandle streamWait;
    private final MethodHandle eventCreate;
    private final MethodHandle eventRecord;
    private final MethodHandle eventSynchronize;
    private final MethodHandle eventDestroy;
    private final MethodHandle launchKernel;

    /**
     * Starts the driver.
     *
     * @throws dev.vicino.card.CardException where it cannot be started, for example because there is no card
     */
    CudaDriver(CudaLibrary library) {
        this.library = library;
        this.deviceGetCount = library.bind("cuDeviceGetCount", ADDRESS);
        this.deviceGet = library.bind("cuDeviceGet", ADDRESS, JAVA_INT);
        this.deviceGetName = library.bind("cuDeviceGetName", ADDRESS, JAVA_INT, JAVA_INT);
        this.deviceGetAttribute = library.bind("cuDeviceGetAttribute", ADDRESS, JAVA_INT, JAVA_INT);
        this.primaryContextRetain = library.bind("cuDevicePrimaryCtxRetain", ADDRESS, JAVA_INT);
        this.primaryContextRelease = library.bind("cuDevicePrimaryCtxRelease_v2", JAVA_INT);
        this.contextPush = library.bind("cuCtxPushCurrent_v2", JAVA_LONG);
        this.contextPop = library.bind("cuCtxPopCurrent_v2", ADDRESS);
        this.moduleLoadData = library.bind("cuModuleLoadData", ADDRESS, ADDRESS);
        this.moduleUnload = library.bind("cuModuleUnload", JAVA_LONG);
        this.moduleGetFunction = library.bind("cuModuleGetFunction", ADDRESS, JAVA_LONG, ADDRESS);
        this.memoryInfo = library.bind("cuMemGetInfo_v2", ADDRESS, ADDRESS);
        this.memoryAllocate = library.bind("cuMemAlloc_v2", ADDRESS, JAVA_LONG);
        this.memoryFree = library.bind("cuMemFree_v2", JAVA_LONG);
        this.copyToDevice = library.bind("cuMemcpyHtoDAsync_v2", JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG);
        this.copyToHost = library.bind("cuMemcpyDtoHAsync_v2", ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        this.copyOnDevice = library.bind("cuMemcpyDtoDAsync_v2", JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
        this.set = library.bind("cuMemsetD32Async", JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG);
        this.streamCreate = library.bind("cuStreamCreate", ADDRESS, JAVA_INT);
        this.streamSynchronize = library.bind("cuStreamSynchronize", JAVA_LONG);
        this.streamDestroy = library.bind("cuStreamDestroy_v2", JAVA_LONG);
        this.streamWait = library.bind("cuStreamWaitEvent", JAVA_LONG, JAVA_LONG, JAVA_INT);
        this.eventCreate = library.bind("cuEventCreate", ADDRESS, JAVA_INT);
        this.eventRecord = library.bind("cuEventRecord", JAVA_LONG, JAVA_LONG);
        this.eventSynchronize = library.bind("cuEventSynchronize", JAVA_LONG);
        this.eventDestroy = library.bind("cuEventDestroy_v2", JAVA_LONG);
        this.launchKernel = library.bind(
                "cuLaunchKernel",
                JAVA_LONG,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_INT,
                JAVA_LONG,
                ADDRESS,
                ADDRESS);
        MethodHandle init = library.bind("cuInit", JAVA_INT);
        library.call("cuInit", () -> (int) init.invokeExact(0));
    }

    /** A call with a place for one number. */
    private interface Asking {
        @SuppressWarnings("checkstyle:IllegalThrows") // as method handles do
        int run(MemorySegment answer) throws Throwable;
    }

    private long ask(String function, Asking asking) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer =
                    arena.allocate(JAVA_LONG); // a place for an int as well: little-endian, and zero before
            library.call(function, () -> asking.run(answer));
            return answer.get(JAVA_LONG, 0);
        }
    }

    private int handle(int device) {
        return (int) ask("cuDeviceGet", answer -> (int) deviceGet.invokeExact(answer, device));
    }

    @Override
    public int deviceCount() {
        return (int) ask("cuDeviceGetCount", answer -> (int) deviceGetCount.invokeExact(answer));
    }

    @Override
    public String deviceName(int device) {
        int handle = handle(device);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(MAX_NAME);
            library.call("cuDeviceGetName", () -> (int) deviceGetName.invokeExact(name, MAX_NAME, handle));
            return name.getString(0);
        }
    }

    @Override
    public int computeCapability(int device) {
        int handle = handle(device);
        return 10 * attribute(CAPABILITY_MAJOR, handle) + attribute(CAPABILITY_MINOR, handle);
    }

    private int attribute(int attribute, int handle) {
        return (int)
                ask("cuDeviceGetAttribute", answer -> (int) deviceGetAttribute.invokeExact(answer, attribute, handle));
    }

    @Override
    public long retainContext(int device) {
        int handle = handle(device);
        return ask("cuDevicePrimaryCtxRetain", answer -> (int) primaryContextRetain.invokeExact(answer, handle));
    }

    @Override
    public void releaseContext(int device) {
        int handle = handle(device);
        library.call("cuDevicePrimaryCtxRelease", () -> (int) primaryContextRelease.invokeExact(handle));
    }

    @Override
    public void pushContext(long context) {
        library.call("cuCtxPushCurrent", () -> (int) contextPush.invokeExact(context));
    }

    @Override
    public void popContext() {
        ask("cuCtxPopCurrent", answer -> (int) contextPop.invokeExact(answer));
    }

    @Override
    public long loadModule(String ptx) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(ptx);
            return ask("cuModuleLoadData", answer -> (int) moduleLoadData.invokeExact(answer, text));
        }
    }

    @Override
    public void unloadModule(long module) {
        library.call("cuModuleUnload", () -> (int) moduleUnload.invokeExact(module));
    }

    @Override
    public long function(long module, String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(name);
            return ask("cuModuleGetFunction", answer -> (int) moduleGetFunction.invokeExact(answer, module, text));
        }
    }

    @Override
    public long bytesFree() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment all = arena.allocate(JAVA_LONG);
            return ask("cuMemGetInfo", free -> (int) memoryInfo.invokeExact(free, all));
        }
    }

    @Override
    public long allocate(long bytes) {
        return ask("cuMemAlloc of " + bytes + " bytes", answer -> (int) memoryAllocate.invokeExact(answer, bytes));
    }

    @Override
    public void free(long address) {
        library.call("cuMemFree", () -> (int) memoryFree.invokeExact(address));
    }

    @Override
    public long createStream() {
        return ask("cuStreamCreate", answer -> (int) streamCreate.invokeExact(answer, NON_BLOCKING));
    }

    @Override
    public void synchronizeStream(long stream) {
        library.call("cuStreamSynchronize", () -> (int) streamSynchronize.invokeExact(stream));
    }

    @Override
    public void destroyStream(long stream) {
        library.call("cuStreamDestroy", () -> (int) streamDestroy.invokeExact(stream));
    }

    @Override
    public long createEvent() {
        return ask("cuEventCreate", answer -> (int) eventCreate.invokeExact(answer, NO_TIMING));
    }

    @Override
    public void recordEvent(long event, long stream) {
        library.call("cuEventRecord", () -> (int) eventRecord.invokeExact(event, stream));
    }

    @Override
    public void waitForEvent(long stream, long event) {
        library.call("cuStreamWaitEvent", () -> (int) streamWait.invokeExact(stream, event, 0));
    }

    @Override
    public void synchronizeEvent(long event) {
        library.call("cuEventSynchronize", () -> (int) eventSynchronize.invokeExact(event));
    }

    @Override
    public void destroyEvent(long event) {
        library.call("cuEventDestroy", () -> (int) eventDestroy.invokeExact(event));
    }

    @Override
    public void upload(long to, MemorySegment from, long stream) {
        library.call("cuMemcpyHtoDAsync", () -> (int) copyToDevice.invokeExact(to, from, from.byteSize(), stream));
    }

    @Override
    public void download(MemorySegment to, long from, long stream) {
        library.call("cuMemcpyDtoHAsync", () -> (int) copyToHost.invokeExact(to, from, to.byteSize(), stream));
    }

    @Override
    public void copy(long to, long from, long bytes, long stream) {
        library.call("cuMemcpyDtoDAsync", () -> (int) copyOnDevice.invokeExact(to, from, bytes, stream));
    }

    @Override
    public void clear(long address, long bytes, long stream) {
        library.call("cuMemsetD32Async", () -> (int) set.invokeExact(address, 0, bytes / Integer.BYTES, stream));
    }

    @Override
    public void launch(long function, int blocks, MemorySegment argument, long stream) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment parameters = arena.allocate(ADDRESS);
            parameters.set(ADDRESS, 0, argument);
            library.call("cuLaunchKernel", () -> (int) launchKernel.invokeExact(
                    function, blocks, 1, 1, THREADS, 1, 1, 0, stream, parameters, MemorySegment.NULL));
        }
    }
}
