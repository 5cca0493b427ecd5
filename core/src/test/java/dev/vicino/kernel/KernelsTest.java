package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which kernels are chosen. */
@Tag("kernel")
final class KernelsTest {
    @Test
    void simdIsChosenWhereTheModuleIsThere() throws ReflectiveOperationException {
        assertVersion(Kernels.BEST, "Simd");
        String bits = System.getProperty("vicino.vectorBits", "128|256|512");
        assertThat(Kernels.BEST.description()).matches("SIMD, (" + bits + ") bits");
    }

    @Test
    void scalarKernelsAreScalarThroughout() throws ReflectiveOperationException {
        assertVersion(Kernels.scalar(), "Scalar");
        assertThat(Kernels.scalar().description()).isEqualTo("scalar");
    }

    private static void assertVersion(Kernels kernels, String version) throws ReflectiveOperationException {
        for (RecordComponent component : Kernels.class.getRecordComponents()) {
            Class<?> kind = component.getType();
            if (kind != String.class) {
                assertThat(component.getAccessor().invoke(kernels).getClass().getSimpleName())
                        .as("%s of %s", component.getName(), kernels.description())
                        .isEqualTo(version + kind.getSimpleName());
            }
        }
    }
}
