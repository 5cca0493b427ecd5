package dev.vicino.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** One HTML page with all that it needs: the figures, and the library that draws them. */
public final class Page {
    /** Of Apache ECharts, in the library that the build brings. */
    private static final String LIBRARY = "/META-INF/resources/webjars/echarts/5.5.0/echarts.common.min.js";

    private Page() {}

    /**
     * A page.
     *
     * @param beside the class in whose folder the template lies
     * @param template name of a page in which {@code @LIBRARY@} and {@code @CONTENT@} stand for the library and the figures
     * @param content what becomes the figures, as JSON
     */
    public static String html(Class<?> beside, String template, Object content) throws IOException {
        return text(beside, template)
                .replace("@LIBRARY@", text(Page.class, LIBRARY))
                .replace("@CONTENT@", json(content));
    }

    private static String text(Class<?> beside, String name) throws IOException {
        try (InputStream in = beside.getResourceAsStream(name)) {
            byte[] bytes = Objects.requireNonNull(in, name + " is missing from the jar")
                    .readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** JSON that cannot end the element of the page in which it stands. */
    private static String json(Object content) throws JsonProcessingException {
        return JsonMapper.builder().build().writeValueAsString(content).replace("<", "\\u003c");
    }
}
