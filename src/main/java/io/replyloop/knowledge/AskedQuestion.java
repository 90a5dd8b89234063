package io.replyloop.knowledge;

import java.util.UUID;

/**
 * A question of a conversation that a new reply is to answer.
 *
 * @param sequence of the customer's message that asks
 */
public record AskedQuestion(AnsweredQuestion question, UUID conversation, long sequence) {
    /** What the source of such a question begins with, before the conversation's id. */
    static final String SOURCE = "conversation:";

    String sourceId(UUID reply) {
        return SOURCE + conversation + ":" + sequence + ":" + reply;
    }
}
