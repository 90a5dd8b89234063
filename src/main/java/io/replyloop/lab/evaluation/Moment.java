package io.replyloop.lab.evaluation;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.TurnMark;
import java.util.Set;
import java.util.UUID;

/**
 * A customer has written, and an agent looks for a reply.
 *
 * @param group the conversation: its moments are never on both sides of a split
 * @param query the last turns, a line each with its mark, oldest first
 * @param question what the customer has written since the team's last turn, a line each; the query ends with it
 * @param right the replies that answer it; none when nobody has written one
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

    /** The question after the turn before it: "yes" means nothing without. */
    String withContext() {
        AnsweredQuestion asked = remembered();
        return asked.context().isEmpty() ? asked.text() : asked.context() + "\n" + asked.text();
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
