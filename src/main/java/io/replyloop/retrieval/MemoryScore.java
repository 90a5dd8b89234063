package io.replyloop.retrieval;

import java.util.HashMap;
import java.util.Map;

/**
 * How strongly the questions that a reply has answered support it, judged by their words, from 0 to 1. Used without an
 * encoder, and when the encoder is too busy.
 *
 * <p>Each of the nearest answered questions votes for its reply with the cube of its similarity, at most
 * {@value #VOTES} of them per reply; a reply's score is the square root of its share of all votes. {@value #NOBODY}
 * votes for nobody are added to the total, so that the best of several weak matches stays low: a single question with
 * the same text gives 0.89, one that shares a fifth of its weight 0.18, and if nine replies have answered the same
 * "yes" equally often, none gets more than a third. Of the rules tried on STAR (best, sum, powers 1 to 8, with and
 * without normalising by all votes, saturation instead), this one had the lowest log loss as a feature of a logistic
 * model at the best R@1.
 */
public final class MemoryScore {
    static final int VOTES = 20;
    static final double NOBODY = 0.25;

    private MemoryScore() {}

    /** An answered question near the new one; similarity 1 means that the two have the same text. */
    public record Neighbour<K>(K reply, double similarity) {}

    /**
     * The score of each reply that has answered one of these questions, which must be sorted by descending similarity.
     */
    public static <K> Map<K, Double> of(Iterable<Neighbour<K>> nearestFirst) {
        Map<K, Integer> counts = new HashMap<>();
        Map<K, Double> votes = new HashMap<>();
        double all = NOBODY;
        for (Neighbour<K> neighbour : nearestFirst) {
            if (counts.merge(neighbour.reply(), 1, Integer::sum) <= VOTES) {
                double similarity = Math.max(0, Math.min(1, neighbour.similarity()));
                double vote = similarity * similarity * similarity;
                votes.merge(neighbour.reply(), vote, Double::sum);
                all += vote;
            }
        }
        double total = all;
        votes.replaceAll((reply, sum) -> Math.sqrt(sum / total));
        return votes;
    }
}
