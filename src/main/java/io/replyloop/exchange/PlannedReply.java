package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.knowledge.ReplyView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The state of a reply after the import, whether existing or new. */
final class PlannedReply {
    final UUID id;
    final boolean isNew;
    /** The version before the import; 0 for a new reply. */
    final int version;
    /** The first line that refers to it; 0 if there is none yet. */
    int line;

    private ReplyDraft draft;
    private ReplyState state;
    private boolean changed;
    private final Set<String> questionKeys = new HashSet<>();
    private final List<AnsweredQuestion> newQuestions = new ArrayList<>();

    /** A reply that exists in the knowledge base. */
    PlannedReply(ReplyView known, List<AnsweredQuestion> questions) {
        id = known.id();
        isNew = false;
        version = known.version();
        draft = new ReplyDraft(
                known.label(),
                known.title(),
                known.text(),
                known.language(),
                known.categories(),
                known.shortcode(),
                known.choices(),
                null);
        state = known.state();
        questions.forEach(this::know);
    }

    /** A new reply from a line. */
    PlannedReply(UUID id, ReplyDraft draft, ReplyState state) {
        this.id = id == null ? UUID.randomUUID() : id;
        isNew = true;
        version = 0;
        this.draft = draft;
        this.state = state;
    }

    ReplyDraft draft() {
        return draft;
    }

    ReplyState state() {
        return state;
    }

    boolean isChanged() {
        return changed;
    }

    List<AnsweredQuestion> newQuestions() {
        return newQuestions;
    }

    boolean isArchived() {
        return state == ReplyState.ARCHIVED;
    }

    /** Returns whether this changes anything. */
    boolean become(ReplyDraft wanted, ReplyState wantedState) {
        boolean different = !wanted.equals(draft) || wantedState != state;
        draft = wanted;
        state = wantedState;
        changed |= different;
        return different;
    }

    /** The fields that differ, including 'questions' if some were added. */
    List<String> differences(ReplyDraft before, ReplyState stateBefore, ImportReport.Action action) {
        List<String> fields = new ArrayList<>();
        note(fields, "label", before.label(), draft.label());
        note(fields, "title", before.title(), draft.title());
        note(fields, "text", before.text(), draft.text());
        note(fields, "language", before.language(), draft.language());
        note(fields, "categories", before.categories(), draft.categories());
        note(fields, "shortcode", before.shortcode(), draft.shortcode());
        note(fields, "choices", before.choices(), draft.choices());
        note(fields, "state", stateBefore, state);
        if (action != ImportReport.Action.UNCHANGED && !newQuestions.isEmpty()) {
            fields.add("questions");
        }
        return fields;
    }

    private static void note(List<String> fields, String name, Object before, Object after) {
        if (!Objects.equals(before, after)) {
            fields.add(name);
        }
    }

    /** Adds the questions that are new; returns whether there were any. */
    boolean learn(List<AnsweredQuestion> questions) {
        int before = newQuestions.size();
        for (AnsweredQuestion question : questions) {
            // A table has no contexts: a known question with a context is not new without one.
            boolean known = question.context().isEmpty()
                    ? questionKeys.contains(ReplyText.normalised(question.text()))
                    : questionKeys.contains(withContext(question));
            if (!known) {
                know(question);
                newQuestions.add(question);
            }
        }
        return newQuestions.size() > before;
    }

    /** The first categories, followed by the others that are not among them. */
    static List<String> united(List<String> first, List<String> more) {
        Set<String> all = new LinkedHashSet<>(first);
        if (more != null) {
            all.addAll(more);
        }
        return List.copyOf(all);
    }

    private void know(AnsweredQuestion question) {
        questionKeys.add(ReplyText.normalised(question.text()));
        questionKeys.add(withContext(question));
    }

    private static String withContext(AnsweredQuestion question) {
        return ReplyText.normalised(question.text()) + "\n" + ReplyText.normalised(question.context());
    }
}
