package io.replyloop.bert;

import java.util.List;

/**
 * One decision: a conversation, the replies that were there to choose from, and the one that was chosen.
 *
 * @param replies the fitting one first, then those that were passed over
 * @param topic class of the conversation's moment, from 0; {@link #NO_TOPIC} where nobody knows
 */
public record Impression(String query, List<String> replies, int topic) {
    public static final int NO_TOPIC = -100;

    public Impression {
        if (replies.size() < 2) {
            throw new IllegalArgumentException("an impression needs a fitting reply and one that does not fit");
        }
        if (topic < 0 && topic != NO_TOPIC) {
            throw new IllegalArgumentException("a topic is a class from 0 on, not " + topic);
        }
        replies = List.copyOf(replies);
    }
}
