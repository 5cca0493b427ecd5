/**
 * What exact search asks of a card, a processor with memory of its own. Whoever knows a kind of card implements
 * {@link dev.vicino.card.CardProvider}; {@link dev.vicino.card.Cards} finds it by {@link java.util.ServiceLoader}.
 *
 * <p>A card multiplies, and leaves out rows that cannot be among the nearest; it decides nothing. What it leaves is decided by the
 * distance that decides everywhere, so the answers are those of a scan on the processor, to the last bit.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.card;
