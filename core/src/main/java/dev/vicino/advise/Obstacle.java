package dev.vicino.advise;

/**
 * A goal without which the others could be met, and what that would cost.
 *
 * @param limit the goal
 * @param spec what would be chosen without it
 * @param cost what it would be then, in a sentence
 */
public record Obstacle(Limit limit, String spec, String cost) {}
