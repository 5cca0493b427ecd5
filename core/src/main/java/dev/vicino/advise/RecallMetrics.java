package dev.vicino.advise;

/** The figures of a guard as metrics, in the text format of Prometheus. */
public final class RecallMetrics {
    private RecallMetrics() {}

    /** Recall and its interval by plan and selectivity, the effort by selectivity, and how often it was raised. */
    public static String text(RecallGuard guard) {
        StringBuilder text = new StringBuilder();
        head(text, "vicino_recall", "gauge", "Mean recall over the window, and the ends of its interval.");
        for (Watched watched : guard.watched()) {
            String labels = "plan=\"%s\",selectivity=\"%s\""
                    .formatted(watched.plan(), watched.selectivity().label());
            Interval recall = watched.recall();
            text.append("vicino_recall{%s,of=\"mean\"} %s\n".formatted(labels, recall.mean()));
            text.append("vicino_recall{%s,of=\"low\"} %s\n".formatted(labels, recall.low()));
            text.append("vicino_recall{%s,of=\"high\"} %s\n".formatted(labels, recall.high()));
        }
        head(text, "vicino_effort", "gauge", "Effort of searches that name none.");
        for (Selectivity selectivity : Selectivity.values()) {
            text.append(
                    "vicino_effort{selectivity=\"%s\"} %d\n".formatted(selectivity.label(), guard.effort(selectivity)));
        }
        head(text, "vicino_effort_raised_total", "counter", "How often an effort was raised.");
        text.append("vicino_effort_raised_total %d\n".formatted(guard.changes().size()));
        head(text, "vicino_recall_skipped_total", "counter", "Searches not looked at for want of time.");
        text.append("vicino_recall_skipped_total %d\n".formatted(guard.skipped()));
        return text.toString();
    }

    private static void head(StringBuilder text, String name, String type, String help) {
        text.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, help, name, type));
    }
}
