package dev.vicino.gpu;

import dev.vicino.card.Precision;

/**
 * What the products of the kernels are off by: the e of {@link dev.vicino.card.CardRows#relativeError}.
 *
 * <h2>Single precision</h2>
 *
 * A sum of d products by fused operations is off by at most γ‖x‖‖q‖, γ = d·u/(1 − d·u), u = 2⁻²⁴, in any order (Higham, Accuracy and
 * Stability of Numerical Algorithms, section 3.1). Two terms more and a hundredth cover the denominator and what vanishes below 2⁻¹⁴⁹.
 *
 * <h2>Half precision</h2>
 *
 * <ol>
 *   <li>A vector is multiplied by a power of two, which is exact, such that its largest value lies in 2¹⁴ … 2¹⁵: call it x̂. Each value
 *       is rounded to the next number of 11 significant bits, which is off by at most 2⁻¹¹ of it; one below 2⁻¹⁴ may vanish altogether,
 *       whether it is rounded to zero or the tensor core takes it for zero. So the rounded vector x̃ has ‖x̃ − x̂‖ ≤ 2⁻¹¹‖x̂‖ + √d·2⁻¹⁴
 *       ≤ η‖x̂‖ with η = 2⁻¹¹ + √d·2⁻²⁸, since ‖x̂‖ ≥ 2¹⁴.
 *   <li>Hence |x̃·q̃ − x̂·q̂| ≤ ‖x̃ − x̂‖‖q̃‖ + ‖x̂‖‖q̃ − q̂‖ ≤ (2η + η²)‖x̂‖‖q̂‖.
 *   <li>A product of two numbers of 11 bits is exact in single precision. NVIDIA promises sums "with at least single precision" and leaves
 *       order and rounding open; what was found (Fasi, Higham, Mikaitis and Pranesh, Numerical behavior of NVIDIA tensor cores, 2021)
 *       is that some products and the sum so far are shifted to the largest exponent among them, cut off there, added up and cut off
 *       again. To be cut off loses less than 2⁻²³ of the largest of these numbers. For b products at once that is b + 2 times, for d′
 *       products no more than 3d′ times, whatever b ≥ 1 is; d′ is d filled up with zeros. None of the numbers exceeds Σ|x̃ᵢq̃ᵢ| ≤ ‖x̃‖‖q̃‖ ≤
 *       (1 + η)²‖x̂‖‖q̂‖ but for the losses, which are less than a fortieth of it even where d is 65,536. So a tenth more covers both.
 * </ol>
 *
 * So e = 2η + η² + 1.1·3d′·2⁻²³. The powers of two are taken back exactly.
 */
final class ProductError {
    private static final double UNIT = 0x1p-24;

    private ProductError() {}

    /** Of vectors of d values. */
    static double of(Precision precision, int dimension) {
        return switch (precision) {
            case SINGLE -> 1.01 * (dimension + 2) * UNIT;
            case HALF -> {
                double rounding = 0x1p-11 + Math.sqrt(dimension) * 0x1p-28;
                yield 2 * rounding + rounding * rounding + 1.1 * 3 * Kernels.width(dimension) * 0x1p-23;
            }
        };
    }
}
