package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vicino.bench.race.Conditions;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartsTest {
    private static final Pattern SCRIPT = Pattern.compile("<script[^>]*>(.*?)</script>", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private static CurveRow curve(String name, boolean ours, double faster) {
        double[][] qps = {{4000 * faster, 2000 * faster, 500 * faster}};
        return CurveRow.of(new Sweep(name, new int[] {10, 40, 160}, new double[] {0.7, 0.9, 0.99}, qps), ours);
    }

    private static AnnReport report(CurveRow... curves) {
        return new AnnReport(
                new Conditions("SIMD", "25", 2, 5, ""),
                "minilm",
                1000,
                384,
                100,
                10,
                List.of(),
                List.of(curves),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of());
    }

    private List<String> written() throws IOException {
        return Charts.write(
                report(curve("ours", true, 3), curve("</script><b>theirs", false, 1)), folder.resolve("new"));
    }

    @Test
    void bothFilesAreNamed() throws IOException {
        assertThat(written())
                .containsExactly(
                        folder.resolve("new").resolve("ann.png").toString(),
                        folder.resolve("new").resolve("ann.html").toString())
                .allMatch(name -> Files.exists(Path.of(name)));
    }

    @Test
    void thePictureShowsCurves() throws IOException {
        BufferedImage picture = ImageIO.read(Path.of(written().getFirst()).toFile());

        assertThat(picture.getWidth()).isEqualTo(1200);
        assertThat(picture.getHeight()).isEqualTo(800);
        int[] colours = picture.getRGB(0, 0, 1200, 800, null, 0, 1200);
        assertThat(Arrays.stream(colours).filter(colour -> colour != Color.WHITE.getRGB()))
                .hasSizeGreaterThan(1000);
    }

    @Test
    void aCurveThatNeverReachesThePictureIsLeftOutOfIt() throws IOException {
        CurveRow poor =
                CurveRow.of(new Sweep("poor", new int[] {10}, new double[] {0.3}, new double[][] {{1000}}), false);

        assertThat(CurvePicture.png("title", List.of(curve("ours", true, 1), poor)))
                .isNotEmpty();
    }

    @Test
    void thePageNeedsNothingFromOutside() throws IOException {
        String page = Files.readString(Path.of(written().getLast()));
        Matcher library = SCRIPT.matcher(page);
        assertThat(library.find()).isTrue();
        assertThat(library.group(1)).contains("Licensed to the Apache Software Foundation", "echarts");
        String rest = page.substring(0, library.start()) + page.substring(library.end());

        assertThat(rest).doesNotContainPattern("(?i)https?:|//[a-z]|\\b(src|href)\\s*=|@import|url\\(|<link|fetch\\(");
        assertThat(page).doesNotContain("@LIBRARY@", "@CONTENT@");
    }

    @Test
    void thePageHoldsTheFigures() throws IOException {
        String page = Files.readString(Path.of(written().getLast()));
        List<String> scripts =
                SCRIPT.matcher(page).results().map(script -> script.group(1)).toList();
        assertThat(scripts).hasSize(3);

        JsonNode content = JsonMapper.builder().build().readTree(scripts.get(1));

        assertThat(content.get("title").textValue()).isEqualTo("minilm, 1,000 × 384, k = 10");
        assertThat(content.get("curves")).hasSize(2);
        assertThat(content.get("curves").get(1).get("name").textValue()).isEqualTo("</script><b>theirs");
        assertThat(content.get("curves").get(0).get("qpsAt").get("0.90").doubleValue())
                .isEqualTo(6000);
    }
}
