package dev.vicino.advise;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How long exact search takes on the processor and on a card, by how many queries a call has.
 *
 * @param card its name
 * @param vectors that were searched
 * @param k neighbours
 * @param times by rising batch
 */
public record Crossover(String card, int vectors, int k, List<Times> times) {
    /**
     * Of calls with so many queries.
     *
     * @param processorSeconds a call, on all threads that were allowed
     * @param cardSeconds a call
     */
    public record Times(int batch, double processorSeconds, double cardSeconds) {
        boolean isCardFaster() {
            return cardSeconds < processorSeconds;
        }
    }

    /** The smallest batch from which on the card is faster, as far as was measured; none where it is not. */
    public OptionalInt from() {
        int place = times.size();
        while (place > 0 && times.get(place - 1).isCardFaster()) {
            place--;
        }
        return place == times.size() ? OptionalInt.empty() : OptionalInt.of(times.get(place).batch);
    }

    /** What of this a user should hear, in a sentence. */
    public String remark() {
        String from = from().isPresent()
                ? Figures.text("from %,d queries a call on Flat(device=gpu) is faster than Flat", from().getAsInt())
                : "Flat(device=gpu) is not faster than Flat";
        String measured = times.stream()
                .map(of -> Figures.text(
                        "%,d: %s instead of %s",
                        of.batch, Figures.micros(1e6 * of.cardSeconds), Figures.micros(1e6 * of.processorSeconds)))
                .collect(Collectors.joining(", "));
        return Figures.text("%s: %s, over %,d vectors, k = %d (%s)", card, from, vectors, k, measured);
    }
}
