package io.replyloop.feedback;

import java.util.UUID;

/**
 * Fired in the transaction that stores a decision and, except for a rejection, the message: an observer that fails
 * rolls back both.
 *
 * @param reply the reply that was rejected, or turned out to be right; null if the agent wrote the text
 * @param accepted whether the reply answers the question: sent, lightly edited, or typed out word for word
 * @param textSent null for a rejection
 * @param onScreen whether the agent can have read the suggestions
 */
public record DecisionMade(
        UUID decision,
        UUID impression,
        UUID conversation,
        Outcome outcome,
        UUID reply,
        boolean accepted,
        String textSent,
        Integer editDistance,
        boolean onScreen) {

    public DecisionMade(
            UUID decision,
            UUID impression,
            UUID conversation,
            Outcome outcome,
            UUID reply,
            boolean accepted,
            String textSent,
            Integer editDistance) {
        this(decision, impression, conversation, outcome, reply, accepted, textSent, editDistance, true);
    }
}
