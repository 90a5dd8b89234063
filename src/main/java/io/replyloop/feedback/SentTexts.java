package io.replyloop.feedback;

import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.knowledge.ReplyVariables;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.suggestion.ImpressionView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Tells of which reply a text is that was sent, whatever it was made from. */
@ApplicationScoped
class SentTexts {
    private final KnowledgeService knowledge;
    private final LikeReplies replies;

    SentTexts(KnowledgeService knowledge, LikeReplies replies) {
        this.knowledge = knowledge;
        this.replies = replies;
    }

    /**
     * @param chosen the suggestion that the text was made from
     * @param lookedUp the reply that it was made from, where that was no candidate
     */
    Answer of(
            String text,
            ImpressionView shown,
            Optional<ImpressionView.Candidate> chosen,
            Optional<ReplyView> lookedUp) {
        UUID sameWords = sameWords(text, shown).orElse(null);
        Answer answer = lookedUp.isPresent()
                ? Answer.ofCanned(
                        text,
                        lookedUp.get().id(),
                        ReplyVariables.filledAs(lookedUp.get().text(), text),
                        sameWords)
                : Answer.of(
                        text,
                        chosen.map(ImpressionView.Candidate::reply).orElse(null),
                        chosen.map(candidate -> ReplyVariables.filledAs(words(candidate), text))
                                .orElse(null),
                        sameWords);
        return answer.accepted()
                ? answer
                : replies.nearlySame(text)
                        .map(reply -> answer.orNearlySame(text, reply.id(), reply.text()))
                        .orElse(answer);
    }

    /** Of the reply that turned out to be right; null where it is of none. */
    Integer version(UUID reply, Optional<ImpressionView.Candidate> candidate) {
        if (reply == null) {
            return null;
        }
        return candidate
                .map(ImpressionView.Candidate::version)
                .or(() -> replies.published(reply).map(ReplyView::version))
                .orElse(null);
    }

    /** The published reply with exactly this text; if there are several, the one that was suggested. */
    private Optional<UUID> sameWords(String text, ImpressionView shown) {
        Optional<UUID> found = knowledge.findByExactText(text);
        if (found.isEmpty() || shown.candidate(found.get()).isPresent()) {
            return found;
        }
        return shown.shown().stream()
                .filter(candidate -> ReplyText.normalised(ReplyVariables.filledAs(words(candidate), text))
                        .equals(ReplyText.normalised(text)))
                .map(ImpressionView.Candidate::reply)
                .findFirst()
                .or(() -> found);
    }

    /** As they were suggested. */
    String words(ImpressionView.Candidate candidate) {
        String words = knowledge
                .textsAt(Map.of(candidate.reply(), candidate.version()))
                .get(candidate.reply());
        return Objects.requireNonNull(words, "versions of replies are never deleted");
    }
}
