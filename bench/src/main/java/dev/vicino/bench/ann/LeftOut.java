package dev.vicino.bench.ann;

/**
 * Who could not take part, or had to stop.
 *
 * @param name of the index or work
 * @param reason in a sentence
 */
record LeftOut(String name, String reason) {
    static LeftOut of(String name, Exception e) {
        return new LeftOut(name, String.valueOf(e.getMessage()).strip());
    }
}
