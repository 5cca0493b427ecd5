package dev.vicino;

import dev.vicino.code.CodeKind;

/** What the code of a spec is called below. */
final class CodeKinds {
    private CodeKinds() {}

    static CodeKind of(IndexSpec.Code code) {
        return switch (code) {
            case IndexSpec.Float32() -> new CodeKind.Float32();
            case IndexSpec.Int8() -> new CodeKind.Int8();
            case IndexSpec.RaBitQ(int bits) -> new CodeKind.RaBitQ(bits);
        };
    }
}
