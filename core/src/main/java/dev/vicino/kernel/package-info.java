/**
 * The inner loops, {@link dev.vicino.kernel.Kernels}, in two versions: plain loops as the specification and the Vector API for speed, chosen
 * once when the first of them is needed.
 *
 * <p>Kernels read what lies in order, gathers what lies anywhere; an interface for each kind of row or code, {@code ScalarXxx} and
 * {@code SimdXxx} behind it.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.kernel;
