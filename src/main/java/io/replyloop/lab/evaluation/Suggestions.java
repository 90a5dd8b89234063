package io.replyloop.lab.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The suggestions for a moment.
 *
 * @param order all ranked replies, best first, including those below the threshold
 * @param shown those that an agent sees; may be empty
 */
record Suggestions(List<Suggestion> order, List<Suggestion> shown) {
    /** Number of suggestions on screen. */
    static final int ON_SCREEN = 3;

    /** @param word confidence level; null if the method has none */
    record Suggestion(UUID reply, double probability, String word) {}

    /** For a method that never abstains. */
    static Suggestions byScore(Map<UUID, Double> scores) {
        List<Suggestion> order = new ArrayList<>();
        scores.forEach((reply, score) -> order.add(new Suggestion(reply, score, null)));
        order.sort(
                Comparator.comparingDouble(Suggestion::probability).reversed().thenComparing(Suggestion::reply));
        return new Suggestions(order, first(order));
    }

    static List<Suggestion> first(List<Suggestion> order) {
        return order.subList(0, Math.min(ON_SCREEN, order.size()));
    }

    /** The rank of the best of these replies, from 1; 0 if none is ranked. */
    int rank(Set<UUID> right) {
        for (int place = 0; place < order.size(); place++) {
            if (right.contains(order.get(place).reply())) {
                return place + 1;
            }
        }
        return 0;
    }

    boolean shows(Set<UUID> right) {
        return shown.stream().anyMatch(suggestion -> right.contains(suggestion.reply()));
    }
}
