package dev.vicino.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class JmhVerbTest {
    @Test
    void everyKernelIsMeasuredInBothImplementations() throws IOException {
        JsonNode results = Run.bench("jmh", "--quick", "-p", "dimension=128", "-p", "place=CACHE", "--json")
                .json()
                .get("results");

        assertThat(results.findValuesAsText("benchmark"))
                .hasSize(8)
                .contains(
                        "dev.vicino.bench.kernels.RowKernels.dot",
                        "dev.vicino.bench.kernels.RowKernels.squaredL2",
                        "dev.vicino.bench.kernels.RowKernels.l1",
                        "dev.vicino.bench.kernels.ProductKernel.products");
        assertThat(results.findValuesAsText("implementation")).contains("SIMD", "SCALAR");
        for (JsonNode result : results) {
            assertThat(result.get("score").doubleValue()).isPositive();
        }
    }

    @Test
    void aPatternThatNothingMatchesIsRefused() {
        Run.bench("jmh", "noSuchKernel", "--quiet").fails(2, "pattern = noSuchKernel", "expected");
    }
}
