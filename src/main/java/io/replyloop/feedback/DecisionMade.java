package io.replyloop.feedback;

import java.util.UUID;

/**
 * Announced in the transaction that stores a decision and, but for a rejection, the message with it: whoever observes
 * it and fails takes both back.
 *
 * @param reply the reply that was rejected, or turned out to be right; null when the agent's own words were
 * @param accepted whether the reply answers the question: sent, lightly edited, or typed out word for word
 * @param textSent null for a rejection
 */
public record DecisionMade(
        UUID decision,
        UUID impression,
        UUID conversation,
        Outcome outcome,
        UUID reply,
        boolean accepted,
        String textSent,
        Integer editDistance) {}
