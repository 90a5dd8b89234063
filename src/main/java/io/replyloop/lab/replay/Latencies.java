package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.util.Arrays;

/** Durations in milliseconds and their percentiles (nearest rank). */
final class Latencies {
    private double[] values = new double[1_024];
    private int count;

    synchronized void add(double millis) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = Math.max(0, millis);
    }

    synchronized ObjectNode json() {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        ObjectNode json = Json.MAPPER.createObjectNode().put("count", count);
        for (int percent : new int[] {50, 95, 99}) {
            if (count > 0) {
                json.put("p" + percent, rounded(percentile(sorted, percent)));
            } else {
                json.putNull("p" + percent);
            }
        }
        return json;
    }

    /** The smallest value that at least this percentage of the values does not exceed. */
    static double percentile(double[] sorted, int percent) {
        int rank = (int) Math.ceil(percent / 100.0 * sorted.length);
        return sorted[Math.max(0, rank - 1)];
    }

    static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
