package dev.vicino;

import dev.vicino.code.CodeKind;
import dev.vicino.code.TurnKind;

/** What the code of a spec is called below. */
final class CodeKinds {
    private CodeKinds() {}

    static CodeKind of(IndexSpec.Code code) {
        return switch (code) {
            case IndexSpec.Float32() -> new CodeKind.Float32();
            case IndexSpec.Float16() -> new CodeKind.Float16();
            case IndexSpec.Int8() -> new CodeKind.Int8();
            case IndexSpec.RaBitQ(int bits) -> new CodeKind.RaBitQ(bits);
            case IndexSpec.Product(IndexSpec.Rotation rotation, int parts, int bits, boolean residual) ->
                new CodeKind.Product(turn(rotation), parts, bits, residual);
            case IndexSpec.Projected(int components, IndexSpec.Code inner) ->
                new CodeKind.Projected(components, of(inner));
        };
    }

    /** How the rows are kept that a search ends with. */
    static CodeKind ofRows(IndexSpec.Refine refine) {
        return switch (refine) {
            case NONE, FLAT -> new CodeKind.Float32();
            case FP16 -> new CodeKind.Float16();
            case SQ8 -> new CodeKind.Int8();
        };
    }

    private static TurnKind turn(IndexSpec.Rotation rotation) {
        return switch (rotation) {
            case NONE -> new TurnKind.None();
            case RANDOM -> new TurnKind.Random();
            case OPTIMISED -> new TurnKind.Optimised();
        };
    }
}
