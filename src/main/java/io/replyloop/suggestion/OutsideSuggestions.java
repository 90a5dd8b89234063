package io.replyloop.suggestion;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.ranking.Ranker;
import io.replyloop.ranking.Ranking;
import io.replyloop.retrieval.Candidates;
import io.replyloop.retrieval.Retrieval;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** Replies for a question that was asked elsewhere, found and ranked like those of the console. Nothing is stored here. */
@Singleton
public class OutsideSuggestions {
    private final Retrieval retrieval;
    private final Ranker ranker;
    private final SuggestedItems suggested;
    private final SuggestionConfig config;

    @Inject
    OutsideSuggestions(Retrieval retrieval, Ranker ranker, SuggestedItems suggested, SuggestionConfig config) {
        this.retrieval = retrieval;
        this.ranker = ranker;
        this.suggested = suggested;
        this.config = config;
    }

    /** What was found, with all that an impression of it keeps. */
    public record Found(
            QueryText text,
            Ranking ranking,
            long revision,
            Shortlist shortlist,
            List<SuggestionsView.Item> items,
            double tookMillis) {
        SuggestionsView view(UUID conversation, long number) {
            return new SuggestionsView(
                    conversation, UUID.randomUUID(), number, items, ranking.modelNumber(), tookMillis);
        }
    }

    /**
     * @param turns oldest first; the customer's are last
     * @param most how many replies are wanted; there are never more than the console shows
     */
    public Found rank(List<QueryText.Turn> turns, int most) {
        long askedAt = System.nanoTime();
        QueryText text = QueryText.ofTurns(turns, config.turns())
                .filter(asked -> !asked.question().isBlank())
                .orElseThrow(() -> Problem.ofField("question", FieldRule.MISSING, "question: ask something"));
        Candidates candidates = retrieval.candidates(text.query(), text.question(), config.candidates());
        Ranking ranking = ranker.submit(text.query(), candidates.candidates()).join();
        Shortlist shortlist = Shortlist.of(
                text,
                ranking.scored(),
                config.threshold().orElse(ranking.threshold()),
                Math.min(most, config.shown()),
                config.keptCandidates());
        List<SuggestionsView.Item> items = suggested.of(text.question(), shortlist.shown(), ranking);
        double took = (System.nanoTime() - askedAt) / 1e6;
        return new Found(text, ranking, candidates.revision(), shortlist, items, took);
    }
}
