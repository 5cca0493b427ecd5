package dev.vicino.card;

/** A card cannot be used: what is missing, or what its driver says. The vectors, and indexes without a card, are not affected. */
public final class CardException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Of what a sentence says. */
    public CardException(String message) {
        super(message);
    }

    /** Of what a sentence says, because of something else. */
    public CardException(String message, Throwable cause) {
        super(message, cause);
    }
}
