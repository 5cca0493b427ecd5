package dev.vicino.bench.race;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.Vicino;

/**
 * What a comparison ran on.
 *
 * @param kernels what our kernels run on
 * @param java version of the JVM
 * @param cores that the JVM may use
 * @param rounds turns of everybody
 * @param affinity which thread runs where
 */
public record Conditions(String kernels, String java, int cores, int rounds, String affinity) {
    /** Of this JVM. */
    public static Conditions here(int rounds, Affinity affinity) {
        return new Conditions(
                Vicino.kernels(),
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                rounds,
                affinity.description());
    }

    /** We, and what we run on: {@code Vicino (SIMD, 512 bits) on Java 25}. */
    public String title() {
        return text("Vicino (%s) on Java %s", kernels, java);
    }
}
