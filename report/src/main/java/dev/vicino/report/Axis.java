package dev.vicino.report;

/**
 * An axis of a picture.
 *
 * @param title beside it
 * @param logarithmic whether equal steps are equal ratios
 * @param least where it begins; where it is NaN it is where the points begin
 * @param most where it ends, likewise
 */
public record Axis(String title, boolean logarithmic, double least, double most) {
    /** As long as the points need. */
    public Axis(String title, boolean logarithmic) {
        this(title, logarithmic, Double.NaN, Double.NaN);
    }
}
