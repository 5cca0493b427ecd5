/**
 * Figures as something to look at: a {@link dev.vicino.report.Page} with all that it needs in one HTML file, a
 * {@link dev.vicino.report.Picture} as PNG, and {@link dev.vicino.report.AdviceReport}, which makes both of some advice.
 */
@NullMarked
package dev.vicino.report;

import org.jspecify.annotations.NullMarked;
