package dev.vicino.advise;

import dev.vicino.kernel.Kernels;
import dev.vicino.memory.LargePages;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a machine can do.
 *
 * @param rates measured on it
 * @param cores that the JVM may use
 * @param memoryBytes that the machine, or the container, has; 0 where it does not say
 * @param pageBytes of an ordinary page
 * @param largePages whether the system hands out pages of 2 MiB
 * @param kernels what the kernels run on, with the width of its vectors
 */
public record Machine(Rates rates, int cores, long memoryBytes, long pageBytes, boolean largePages, String kernels) {
    private static volatile @Nullable Machine known;

    /**
     * How fast one thread is.
     *
     * @param readBytes a second, from memory, in order
     * @param multiplyAdds a second, single precision, as the matrix product of exact search does them
     * @param readLatency nanoseconds that a read in a random place of 64 MiB takes where the next one waits for it
     */
    public record Rates(double readBytes, double multiplyAdds, double readLatency) {
        /**
         * Checks the rates.
         *
         * @throws IllegalArgumentException naming the one that is not above 0
         */
        public Rates {
            check("readBytes", readBytes);
            check("multiplyAdds", multiplyAdds);
            check("readLatency", readLatency);
        }

        private static void check(String name, double rate) {
            if (!(rate > 0 && rate < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(name + " = " + rate + ", expected above 0");
            }
        }
    }

    /**
     * This machine. Its rates are measured once in the life of a process, in about a second, or not at all where a folder has them.
     *
     * @param folder where they are kept for the next process; null where they are not kept
     */
    public static Machine here(@Nullable Path folder) {
        Machine machine = known;
        if (machine == null) {
            machine = of(folder == null ? MachineMeasurement.measure() : RatesFile.once(folder));
            known = machine;
        }
        return machine;
    }

    private static Machine of(Rates rates) {
        return new Machine(
                rates,
                Runtime.getRuntime().availableProcessors(),
                SystemFacts.memoryBytes(),
                SystemFacts.pageBytes(),
                LargePages.available(),
                Kernels.BEST.description());
    }
}
