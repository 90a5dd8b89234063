package io.replyloop.lab.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** R@1 (solid, with intervals) and R@3 (dashed) over decisions as an SVG, with a colour for each method. */
final class Plot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 52;
    private static final int TOP = 20;
    private static final int RIGHT = 560;
    private static final int BOTTOM = 390;
    /** Distinguishable with any colour vision (Okabe and Ito, 2008). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000");

    private final StringBuilder svg = new StringBuilder();
    private final List<Integer> counts;

    private Plot(List<Integer> counts) {
        this.counts = counts;
    }

    static String of(List<Report.Learning> learning) {
        Plot plot = new Plot(learning.stream()
                .map(Report.Learning::decisions)
                .distinct()
                .sorted()
                .toList());
        plot.add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">",
                WIDTH, HEIGHT);
        plot.add("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, HEIGHT);
        plot.axes();
        List<String> methods =
                learning.stream().map(Report.Learning::method).distinct().toList();
        for (int i = 0; i < methods.size(); i++) {
            String method = methods.get(i);
            plot.method(
                    method,
                    i,
                    learning.stream().filter(row -> row.method().equals(method)).toList());
        }
        plot.add("</svg>");
        return plot.svg.toString();
    }

    private void axes() {
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double y = y(tenth / 10.0);
            add("<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#ddd\"/>", LEFT, y, RIGHT, y);
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>", LEFT - 8, y + 4, tenth / 10.0);
        }
        for (int count : counts) {
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%,d</text>", x(count), BOTTOM + 18, count);
        }
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">decisions</text>", (LEFT + RIGHT) / 2, BOTTOM + 38);
        add("<text x=\"%d\" y=\"%d\">solid R@1, dashed R@3</text>", RIGHT + 20, TOP + 10);
    }

    private void method(String name, int number, List<Report.Learning> rows) {
        String colour = COLOURS.get(number % COLOURS.size());
        curve(rows, Report.Learning::recallAt1, colour, "");
        curve(rows, Report.Learning::recallAt3, colour, " stroke-dasharray=\"5 4\"");
        for (Report.Learning row : rows) {
            Estimate first = row.recallAt1();
            add(
                    "<line x1=\"%1$.1f\" y1=\"%2$.1f\" x2=\"%1$.1f\" y2=\"%3$.1f\" stroke=\"%4$s\"/>",
                    x(row.decisions()) + 3 * number, y(first.low()), y(first.high()), colour);
        }
        int y = TOP + 34 + 20 * number;
        add("<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>", RIGHT + 20, y - 10, colour);
        add(
                "<text x=\"%d\" y=\"%d\">%s</text>",
                RIGHT + 38, y, name.replace("&", "&amp;").replace("<", "&lt;"));
    }

    private void curve(
            List<Report.Learning> rows, Function<Report.Learning, Estimate> figure, String colour, String dashes) {
        List<String> points = new ArrayList<>();
        for (Report.Learning row : rows) {
            points.add(String.format(
                    Locale.ROOT,
                    "%.1f,%.1f",
                    x(row.decisions()),
                    y(figure.apply(row).value())));
        }
        add(
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>",
                String.join(" ", points), colour, dashes);
    }

    /** Equal steps, because on a linear scale the first days would be one point. */
    private double x(int count) {
        double steps = Math.max(1, counts.size() - 1);
        return LEFT + 20 + (RIGHT - LEFT - 40) * counts.indexOf(count) / steps;
    }

    private static double y(double share) {
        return BOTTOM - (BOTTOM - TOP) * share;
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
