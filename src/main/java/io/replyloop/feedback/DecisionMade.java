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
 * @param reason of a rejection; null for an answer
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
        boolean onScreen,
        RejectReason reason) {

    public DecisionMade(
            UUID decision,
            UUID impression,
            UUID conversation,
            Outcome outcome,
            UUID reply,
            boolean accepted,
            String textSent,
            Integer editDistance) {
        this(decision, impression, conversation, outcome, reply, accepted, textSent, editDistance, true, null);
    }

    public static DecisionMade rejection(
            UUID decision, UUID impression, UUID conversation, UUID reply, RejectReason reason) {
        return new DecisionMade(
                decision, impression, conversation, Outcome.REJECTED, reply, false, null, null, true, reason);
    }
}
