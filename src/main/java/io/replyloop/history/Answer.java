package io.replyloop.history;

import io.replyloop.suggestion.QueryText;
import io.replyloop.suggestion.SmallTalk;
import java.util.ArrayList;
import java.util.List;

/**
 * What an agent wrote, and what the customer had asked, as the product would have read it.
 *
 * @param turn its place in the conversation, from 0
 * @param query the last turns before it, which the question ends; empty where the agent wrote first
 * @param question empty where the agent wrote first
 */
public record Answer(int turn, String text, String query, String question) {
    /** As {@code replyloop.suggestion.turns}. */
    private static final int TURNS = 12;

    /** All that agents wrote in a conversation. Of several messages in a row each answers what was asked before them. */
    public static List<Answer> of(List<Said> conversation) {
        List<Answer> answers = new ArrayList<>();
        List<QueryText.Turn> turns = new ArrayList<>();
        QueryText asked = new QueryText("", "", 0);
        for (int i = 0; i < conversation.size(); i++) {
            Said said = conversation.get(i);
            if (said.by() == Writer.AGENT) {
                answers.add(new Answer(i, said.text(), asked.query(), asked.question()));
            }
            turns.add(new QueryText.Turn(said.by() == Writer.CUSTOMER, said.text()));
            if (said.by() == Writer.CUSTOMER) {
                asked = QueryText.ofTurns(turns, TURNS).orElse(asked);
            }
        }
        return answers;
    }

    /** Whether it says which question it answers; a thank-you asks nothing. */
    boolean hasQuestion() {
        return !question.isBlank() && !SmallTalk.isNothingElse(question);
    }
}
