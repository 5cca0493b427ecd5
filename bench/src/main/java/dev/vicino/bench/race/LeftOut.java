package dev.vicino.bench.race;

/**
 * Who could not take part, or had to stop.
 *
 * @param name of the index or work
 * @param reason in a sentence
 */
public record LeftOut(String name, String reason) {
    /** Of what stopped it. */
    public static LeftOut of(String name, Exception e) {
        return new LeftOut(name, String.valueOf(e.getMessage()).strip());
    }
}
