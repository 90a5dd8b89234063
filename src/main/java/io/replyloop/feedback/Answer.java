package io.replyloop.feedback;

import io.replyloop.knowledge.ReplyText;
import java.util.UUID;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * How an agent's text relates to the suggestions that were on screen.
 *
 * @param reply the reply that turned out to be right; null if the agent wrote the text
 * @param editDistance insertions, deletions and substitutions between that reply and the text; null if the agent wrote
 *     the text
 * @param accepted whether the reply counts as the answer to the question: sent, lightly edited, or typed out
 */
record Answer(Outcome outcome, UUID reply, Integer editDistance, boolean accepted) {
    /**
     * Up to this share of the longer text, an edit adapts a reply to the case; beyond it, the text says something else.
     */
    static final double LIGHT_EDIT = 0.3;

    /**
     * @param text that the agent sent
     * @param chosen the suggestion that it was made from; null if there is none
     * @param chosenText the text of that suggestion
     * @param sameWords a published reply with exactly the same text; null if there is none
     */
    static Answer of(String text, UUID chosen, String chosenText, UUID sameWords) {
        if (chosen != null && ReplyText.normalised(text).equals(ReplyText.normalised(chosenText))) {
            return new Answer(Outcome.SENT, chosen, 0, true);
        }
        if (sameWords != null) {
            // Whatever the agent started from, the text is exactly that of another reply, which is therefore the right
            // one.
            return sameWords.equals(chosen)
                    ? new Answer(Outcome.SENT, chosen, 0, true)
                    : new Answer(Outcome.OWN_TEXT, sameWords, null, true);
        }
        if (chosen == null) {
            return new Answer(Outcome.OWN_TEXT, null, null, false);
        }
        int distance = LevenshteinDistance.getDefaultInstance().apply(text.strip(), chosenText.strip());
        return new Answer(Outcome.EDITED, chosen, distance, isLightEdit(distance, text, chosenText));
    }

    /**
     * A text made from a reply that was not suggested: all suggestions were passed over, and the reply is the right one
     * unless it was changed beyond recognition.
     */
    static Answer ofCanned(String text, UUID reply, String replyText, UUID sameWords) {
        if (sameWords != null && !ReplyText.normalised(text).equals(ReplyText.normalised(replyText))) {
            return new Answer(Outcome.OWN_TEXT, sameWords, null, true);
        }
        int distance = LevenshteinDistance.getDefaultInstance().apply(text.strip(), replyText.strip());
        return new Answer(Outcome.OWN_TEXT, reply, distance, isLightEdit(distance, text, replyText));
    }

    /** A text that says what a reply says: one that the agent had not begun with, unless its text has changed meanwhile. */
    Answer orNearlySame(String text, UUID same, String replyText) {
        int distance = LevenshteinDistance.getDefaultInstance().apply(text.strip(), replyText.strip());
        return new Answer(same.equals(reply) ? outcome : Outcome.OWN_TEXT, same, distance, true);
    }

    /** A greeting and a name are no change, however short the reply between them. */
    static boolean isLightEdit(int distance, String text, String replyText) {
        int longer = Math.max(text.strip().length(), replyText.strip().length());
        return distance <= LIGHT_EDIT * longer || NearEquality.holds(text, replyText);
    }
}
