package io.replyloop.lab.corpus;

import io.replyloop.retrieval.Question;
import java.util.ArrayList;
import java.util.List;

/**
 * A decision of an agent: the conversation so far, and the reply that was picked.
 *
 * @param query the last turns, oldest first, one per line with its mark, as the cross-encoder reads them
 * @param lastTurns the last three turns, which are the query of BM25
 * @param burst what the customer has written since the agent's last turn; empty if that is nothing
 * @param said the text that the agent sent, which may have been filled in or edited
 */
public record Pick(
        String dialogue,
        int turn,
        List<String> tasks,
        String query,
        String lastTurns,
        String burst,
        String label,
        String said) {

    private static final int LAST_TURNS = 3;

    public static List<Pick> of(List<Dialogue> dialogues, int contextTurns) {
        List<Pick> picks = new ArrayList<>();
        for (Dialogue dialogue : dialogues) {
            List<Dialogue.Turn> turns = dialogue.turns();
            for (int i = 1; i < turns.size(); i++) {
                Dialogue.Turn turn = turns.get(i);
                if (turn.isAgents() && turn.picked() != null) {
                    int burst = i;
                    while (burst > 0 && !turns.get(burst - 1).isAgents()) {
                        burst--;
                    }
                    picks.add(new Pick(
                            dialogue.id(),
                            i,
                            dialogue.tasks(),
                            dialogue.marked(i, contextTurns),
                            dialogue.context(i, LAST_TURNS),
                            dialogue.context(i, i - burst),
                            turn.picked(),
                            turn.text()));
                }
            }
        }
        return picks;
    }

    /** Identifies the pick: a conversation can have several picks, also of the same label. */
    public String group() {
        return dialogue + "/" + turn;
    }

    public Question asQuestion() {
        Question moment = Question.of(query, burst);
        return new Question(lastTurns, moment.text(), moment.context(), moment.earlier());
    }
}
