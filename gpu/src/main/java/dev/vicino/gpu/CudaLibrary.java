package dev.vicino.gpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.vicino.card.CardException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/** The library of the CUDA driver: its functions by name, and what their result means. */
@SuppressWarnings("restricted") // calling native code is what it is for
final class CudaLibrary {
    private static final int SUCCESS = 0;
    private static final long MAX_TEXT = 4096;

    private final String name;
    private final SymbolLookup symbols;
    private final MethodHandle errorName;
    private final MethodHandle errorString;

    /** A call that returns a CUresult. */
    interface Call {
        @SuppressWarnings("checkstyle:IllegalThrows") // as method handles do
        int run() throws Throwable;
    }

    private CudaLibrary(String name, SymbolLookup symbols) {
        this.name = name;
        this.symbols = symbols;
        this.errorName = bind("cuGetErrorName", JAVA_INT, ValueLayout.ADDRESS);
        this.errorString = bind("cuGetErrorString", JAVA_INT, ValueLayout.ADDRESS);
    }

    /**
     * Loads the library, which stays for the life of the process.
     *
     * @throws CardException where there is none
     */
    static CudaLibrary load() {
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");
        return load(windows ? "nvcuda.dll" : "libcuda.so.1");
    }

    static CudaLibrary load(String name) {
        try {
            return new CudaLibrary(name, SymbolLookup.libraryLookup(name, Arena.global()));
        } catch (IllegalArgumentException e) {
            throw new CardException(
                    "device = gpu, but " + name + " cannot be loaded: expected the driver of an NVIDIA card", e);
        }
    }

    /**
     * A function that returns a CUresult.
     *
     * @throws CardException where this driver has no such function
     */
    MethodHandle bind(String function, MemoryLayout... parameters) {
        MemorySegment symbol = symbols.find(function)
                .orElseThrow(() -> new CardException(
                        "device = gpu, but " + name + " has no " + function + ": expected a driver of 2020 or later"));
        return Linker.nativeLinker().downcallHandle(symbol, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    /**
     * Calls a function.
     *
     * @throws CardException with the driver's name and text of what went wrong
     */
    void call(String function, Call call) {
        int result = run(call);
        if (result != SUCCESS) {
            throw new CardException(
                    "%s failed: %s, %s".formatted(function, text(errorName, result), text(errorString, result)));
        }
    }

    private String text(MethodHandle of, int result) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
            int known = run(() -> (int) of.invokeExact(result, out));
            return known == SUCCESS
                    ? out.get(ValueLayout.ADDRESS, 0).reinterpret(MAX_TEXT).getString(0)
                    : "error " + result;
        }
    }

    private static int run(Call call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("native calls throw nothing else", e);
        }
    }
}
