package io.replyloop.lab.evaluation;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.TurnMark;
import java.util.Set;
import java.util.UUID;

/**
 * A point in a conversation at which the customer has written and an agent needs a reply.
 *
 * @param group the conversation, which a split never divides
 * @param query the last turns, oldest first, one per line with its mark
 * @param question the customer's messages since the team's last turn, one per line; the query ends with them
 * @param right the replies that answer it; empty if there are none
 */
record Moment(String group, String query, String question, Set<UUID> right) {
    /** The first message of a conversation. */
    static Moment first(String group, String question, Set<UUID> right) {
        String line = oneLine(question);
        return new Moment(group, TurnMark.CUSTOMER.before(line), line, right);
    }

    AnsweredQuestion remembered() {
        return AnsweredQuestion.of(query, question);
    }

    /** The question with the turn before it, without which "yes" has no meaning. */
    String withContext() {
        AnsweredQuestion asked = remembered();
        return asked.context().isEmpty() ? asked.text() : asked.context() + "\n" + asked.text();
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
