package dev.vicino.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class PictureTest {
    @Test
    void showsLinesAndSinglePoints() throws IOException {
        List<Series> series = List.of(
                new Series("line", true, new double[] {0.9, 0.95, 0.99}, new double[] {10, 20, 90}),
                new Series("point", false, new double[] {0.93}, new double[] {50}));

        byte[] png = Picture.png("title", new Axis("recall", false, 0.8, 1), new Axis("time", true), series);

        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(picture.getWidth()).isEqualTo(1200);
        int[] colours = picture.getRGB(0, 0, 1200, 800, null, 0, 1200);
        assertThat(Arrays.stream(colours).filter(colour -> colour != Color.WHITE.getRGB()))
                .hasSizeGreaterThan(1000);
    }

    @Test
    void theNameOfThePictureFollowsFromThatOfThePage() {
        assertThat(AdviceReport.picture(Path.of("a", "b.html"))).isEqualTo(Path.of("a", "b.png"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdviceReport.picture(Path.of("b.htm")))
                .withMessageContaining("b.htm");
    }
}
