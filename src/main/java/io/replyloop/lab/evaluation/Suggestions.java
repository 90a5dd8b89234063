package io.replyloop.lab.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What is suggested for a moment.
 *
 * @param order all that was ranked, best first, as an agent would see it if nothing were too improbable
 * @param shown what an agent sees; none when the product is silent
 */
record Suggestions(List<Suggestion> order, List<Suggestion> shown) {
    /** So many are on screen. */
    static final int ON_SCREEN = 3;

    /** @param word how sure the product says that it is; null of a method that does not say */
    record Suggestion(UUID reply, double probability, String word) {}

    /** Of a method that is never silent. */
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

    /** Place of the best of these in the order, from 1; 0 when none is there. */
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
