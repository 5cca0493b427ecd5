package dev.vicino.bench.ann;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vicino.bench.race.Launch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Curves as one HTML page with all that it needs: the figures, and the library that draws them. */
final class Page {
    private static final String TEMPLATE = "ann.html";

    /** Of Apache ECharts, in the library that the build brings. */
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

    private Page() {}

    /** What the page draws. */
    private record Content(String title, String subtitle, List<String> recalls, List<CurveRow> curves) {}

    /** Recall across, queries a second upwards on a logarithmic scale, and a table. */
    static String html(String title, String subtitle, List<CurveRow> curves) throws IOException {
        List<String> recalls = CurveRow.RECALLS.stream().map(CurveRow::label).toList();
        return new String(Launch.resource(Page.class, TEMPLATE), StandardCharsets.UTF_8)
                .replace("@LIBRARY@", library())
                .replace("@CONTENT@", json(new Content(title, subtitle, recalls, curves)));
    }

    private static String library() throws IOException {
        return new String(Launch.resource(Page.class, LIBRARY), StandardCharsets.UTF_8);
    }

    /** JSON that cannot end the element of the page in which it stands. */
    private static String json(Content content) throws JsonProcessingException {
        return JsonMapper.builder().build().writeValueAsString(content).replace("<", "\\u003c");
    }
}
