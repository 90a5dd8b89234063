package io.replyloop.suggestion;

import io.replyloop.knowledge.CannedReplies;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is said of each reply that is suggested: how likely it fits, why, and which short answers it offers. */
@Singleton
class SuggestedItems {
    private final KnowledgeService knowledge;
    private final CannedReplies canned;
    private final Reasons reasons;

    @Inject
    SuggestedItems(KnowledgeService knowledge, CannedReplies canned, Reasons reasons) {
        this.knowledge = knowledge;
        this.canned = canned;
        this.reasons = reasons;
    }

    /** @param shown in the order in which they are shown */
    List<SuggestionsView.Item> of(String question, List<Scored> shown, Ranking ranking) {
        Map<UUID, Why> why =
                reasons.of(question, shown.stream().map(SuggestedItems::shown).toList());
        Map<UUID, List<String>> choices = canned.choices(
                shown.stream().map(scored -> scored.candidate().reply()).toList());
        return shown.stream()
                .map(scored -> item(
                        scored,
                        ranking,
                        why.get(scored.candidate().reply()),
                        choices.get(scored.candidate().reply())))
                .toList();
    }

    /** As they were shown, but with the words that the replies have today; those no longer published are left out. */
    List<SuggestionsView.Item> of(ImpressionView impression, FinalScore score) {
        Map<UUID, Why> why = reasons.of(
                impression.question(),
                impression.shown().stream()
                        .map(one -> new Reasons.Shown(one.reply(), one.before(), one.meaning()))
                        .toList());
        return impression.shown().stream()
                .flatMap(candidate -> item(candidate, score, why).stream())
                .toList();
    }

    private Optional<SuggestionsView.Item> item(
            ImpressionView.Candidate candidate, FinalScore score, Map<UUID, Why> why) {
        ReplyView reply = knowledge.get(candidate.reply());
        if (reply.state() != ReplyState.PUBLISHED) {
            return Optional.empty();
        }
        return Optional.of(new SuggestionsView.Item(
                reply.id(),
                reply.title(),
                reply.text(),
                reply.categories().isEmpty() ? null : reply.categories().get(0),
                score.said().of(candidate.probability()),
                candidate.confidence() == null
                        ? Confidence.of(candidate.probability(), candidate.logit() != null, score.confidence())
                        : candidate.confidence(),
                why.get(reply.id()),
                reply.choices()));
    }

    private static Reasons.Shown shown(Scored scored) {
        Candidate candidate = scored.candidate();
        return new Reasons.Shown(
                candidate.reply(), candidate.before(), candidate.evidence().meaning());
    }

    private static SuggestionsView.Item item(Scored scored, Ranking ranking, Why why, List<String> choices) {
        Candidate candidate = scored.candidate();
        return new SuggestionsView.Item(
                candidate.reply(),
                candidate.title(),
                candidate.text(),
                candidate.category(),
                ranking.said().of(scored.probability()),
                Confidence.of(scored, ranking.confidence()),
                why,
                choices);
    }
}
