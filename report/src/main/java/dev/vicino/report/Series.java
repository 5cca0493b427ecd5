package dev.vicino.report;

/**
 * Points of a picture that belong together.
 *
 * @param name in the legend
 * @param emphasised whether its line is thicker than others
 * @param x across
 * @param y upwards; as many as there are x
 */
public record Series(String name, boolean emphasised, double[] x, double[] y) {}
