package io.replyloop.retrieval;

import java.util.HashMap;
import java.util.Map;

/**
 * How strongly the questions that a reply has answered speak for it by their words, from 0 to 1: what there is without an
 * encoder, and when it is too busy.
 *
 * <p>Each of the nearest answered questions votes for its reply with the cube of its similarity, at most
 * {@value #VOTES} of them per reply; a reply's score is the square root of its share of all votes. The votes are shared
 * with {@value #NOBODY} votes for nobody, so that the best of only weak matches stays low: one question that says the
 * same gives 0.89, one that shares a fifth of its weight 0.18, and nine replies that have answered the same "yes" equally
 * often get no more than a third each. Of the rules tried on STAR (best, sum, powers 1 to 8, share of votes or not,
 * saturation instead), this had the lowest log loss as a feature of a logistic model at the best R@1.
 */
public final class MemoryScore {
    static final int VOTES = 20;
    static final double NOBODY = 0.25;

    private MemoryScore() {}

    /** One answered question near the new one; similarity 1 when the two say the same. */
    public record Neighbour<K>(K reply, double similarity) {}

    /** The score of each reply that has answered one of these questions, which are given most similar first. */
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
