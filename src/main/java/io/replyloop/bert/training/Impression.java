package io.replyloop.bert.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One decision: a conversation, the candidate replies, and the chosen one.
 *
 * @param replies the fitting one first, then the rejected ones
 * @param shares how well each reply fits; they add up to 1. By default, 1 for the fitting one
 * @param topic class of the conversation at this moment, from 0; {@link #NO_TOPIC} if unknown
 */
public record Impression(String query, List<String> replies, List<Double> shares, int topic) {
    public static final int NO_TOPIC = -100;

    public Impression {
        if (replies.size() < 2) {
            throw new IllegalArgumentException("an impression needs a fitting reply and one that does not fit");
        }
        if (topic < 0 && topic != NO_TOPIC) {
            throw new IllegalArgumentException("a topic is a class from 0 on, not " + topic);
        }
        if (shares.size() != replies.size()) {
            throw new IllegalArgumentException(
                    shares.size() + " shares for " + replies.size() + " replies: each needs one");
        }
        replies = List.copyOf(replies);
        shares = List.copyOf(shares);
    }

    public Impression(String query, List<String> replies, int topic) {
        this(query, replies, onlyTheFirst(replies.size()), topic);
    }

    static List<Double> onlyTheFirst(int replies) {
        List<Double> shares = new ArrayList<>(Collections.nCopies(replies, 0.0));
        if (replies > 0) {
            shares.set(0, 1.0);
        }
        return shares;
    }
}
