package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.platform.Problem;
import java.util.List;
import java.util.UUID;

/** What both formats say in words that a person typed. */
final class FieldRules {
    static final int MOST_QUESTIONS = 5000;

    private FieldRules() {}

    static UUID id(String text) throws ImportedFile.BadLine {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            UUID id = UUID.fromString(text.strip());
            if (id.toString().equalsIgnoreCase(text.strip())) {
                return id;
            }
        } catch (IllegalArgumentException notOne) {
            throw badId(text);
        }
        throw badId(text);
    }

    private static ImportedFile.BadLine badId(String text) {
        return new ImportedFile.BadLine("id '" + excerpt(text)
                + "' is not one that an export gave; leave it out to create a reply, or put your own name for it into"
                + " 'label'");
    }

    static ReplyState state(String text) throws ImportedFile.BadLine {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return ReplyState.fromString(text.strip());
        } catch (Problem unknown) {
            throw new ImportedFile.BadLine(
                    "state '" + excerpt(text) + "' is not known; use draft, published or archived");
        }
    }

    static List<AnsweredQuestion> limited(List<AnsweredQuestion> questions) throws ImportedFile.BadLine {
        if (questions.size() > MOST_QUESTIONS) {
            throw new ImportedFile.BadLine("questions are too many (" + questions.size() + "); at most "
                    + MOST_QUESTIONS + " are allowed for one reply");
        }
        for (AnsweredQuestion question : questions) {
            if (question.text().isBlank()) {
                throw new ImportedFile.BadLine("questions has an empty one; remove it");
            }
        }
        return questions;
    }

    /** The beginning of what stands there, safe for a message. */
    static String excerpt(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
    }
}
