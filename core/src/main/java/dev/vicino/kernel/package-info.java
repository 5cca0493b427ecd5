/**
 * The inner loops: {@link dev.vicino.kernel.Kernels} in two versions, plain loops as the specification and the Vector API for
 * speed, chosen once when the first of them is needed.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.kernel;
