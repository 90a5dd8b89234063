package io.replyloop.lab.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report as a table for a terminal. */
final class Table {
    private final StringBuilder text = new StringBuilder();

    private Table() {}

    static String of(Report report) {
        Table table = new Table();
        Report.Data data = report.data();
        table.line(
                "%,d replies, %,d questions of %,d conversations; %d rounds of up to %,d questions",
                data.replies(),
                data.questions(),
                data.conversations(),
                report.settings().rounds(),
                report.settings().questionsPerRound());
        table.line("");
        table.line("%-24s %9s  %-22s %-22s %-6s %s", "method", "decisions", "R@1 (95 %)", "R@3", "MRR", "shown");
        for (Report.Learning row : report.learning()) {
            table.line(
                    "%-24s %,9d  %-22s %-22s %-6s %s",
                    row.method(),
                    row.decisions(),
                    interval(row.recallAt1()),
                    interval(row.recallAt3()),
                    value(row.mrr()),
                    value(row.shown()));
        }
        if (!report.trainingRuns().isEmpty()) {
            table.line("");
            table.line(
                    "%-24s %9s  %-22s %-22s %s",
                    "a training run", "decisions", "R@1 before, after", "gain (95 %)", "gain R@3");
            for (Report.Gain gain : report.trainingRuns()) {
                table.line(
                        "%-24s %,9d  %-22s %-22s %s",
                        "",
                        gain.decisions(),
                        value(gain.before().recallAt1()) + ", "
                                + value(gain.after().recallAt1()),
                        interval(gain.gainAt1()),
                        interval(gain.gainAt3()));
            }
        }
        if (!report.newReplies().isEmpty()) {
            table.line("");
            table.line(
                    "%-24s %9s  %-22s %-22s %s",
                    "new replies among three", "decisions", "asked by title", "first sentence", "paraphrase");
            table.newReplies(report.newReplies());
        }
        for (Abstention abstention : report.abstention()) {
            table.abstention(abstention);
        }
        return table.text.toString();
    }

    private void newReplies(List<NewReplies.Found> all) {
        for (NewReplies.Found first : all) {
            if (first.asked().equals(NewReplies.TITLE)) {
                line(
                        "%-24s %,9d  %-22s %-22s %s",
                        first.method(),
                        first.decisions(),
                        among(all, first, NewReplies.TITLE),
                        among(all, first, NewReplies.TEXT),
                        among(all, first, NewReplies.PARAPHRASE));
            }
        }
    }

    private static String among(List<NewReplies.Found> all, NewReplies.Found row, String asked) {
        return all.stream()
                .filter(found -> found.method().equals(row.method())
                        && found.decisions() == row.decisions()
                        && found.asked().equals(asked))
                .findFirst()
                .map(found -> interval(found.amongThree()))
                .orElse("-");
    }

    private void abstention(Abstention abstention) {
        line("");
        line("after %,d decisions", abstention.decisions());
        abstention
                .silent()
                .forEach((kind, share) -> line(
                        "  %-30s silent %s, 'likely' or better %s",
                        kind, interval(share), value(abstention.sureOfNothing().get(kind))));
        line("  %-30s %s", "helpful suggestions shown", interval(abstention.helpfulShown()));
        for (Map.Entry<String, Estimate> word : abstention.precision().entrySet()) {
            Double share = abstention.rightByWord().get(word.getKey());
            line(
                    "  %-30s %s of %,d%s",
                    "precision of '" + word.getKey() + "'",
                    interval(word.getValue()),
                    word.getValue().count(),
                    share == null ? "" : String.format(Locale.ROOT, "; %.0f %% of the right ones", 100 * share));
        }
        line("  calibration of the top three:");
        for (Abstention.Bin bin : abstention.reliability()) {
            if (bin.count() > 0) {
                line(
                        "    %.1f to %.1f: probability %.2f, right %.2f, count %,d",
                        bin.from(), bin.to(), bin.probability(), bin.right(), bin.count());
            }
        }
    }

    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    private static String interval(Estimate estimate) {
        return estimate.low() == null
                ? value(estimate)
                : String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", estimate.value(), estimate.low(), estimate.high());
    }

    private static String value(Estimate estimate) {
        return estimate.count() == 0 ? "-" : String.format(Locale.ROOT, "%.3f", estimate.value());
    }
}
