package io.replyloop.lab.evaluation;

import io.replyloop.ranking.OwnScore;
import io.replyloop.ranking.RankedBy;
import io.replyloop.ranking.Ranker;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidates;
import io.replyloop.retrieval.TextVectors;
import io.replyloop.retrieval.UnstoredRetrieval;
import io.replyloop.suggestion.Confidence;
import io.replyloop.suggestion.Shortlist;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The product, with its own classes for retrieval, ranking within the time budget, and the shortlist. A change of
 * {@code SuggestionService} has to be repeated here.
 */
final class Product implements Suggester {
    /** As the server's {@code replyloop.suggestion.candidates}. */
    private static final int CANDIDATES = 200;

    /** As the server's {@code replyloop.suggestion.kept-candidates}. */
    static final int KEPT = 50;

    private static final Map<Confidence, String> WORDS =
            Map.of(Confidence.HIGH, "sure", Confidence.MEDIUM, "likely", Confidence.LOW, "unsure");

    /** Confidence levels, highest first. */
    static final List<String> CONFIDENCE = List.of("sure", "likely", "unsure");

    private final UnstoredRetrieval retrieval;
    private final Ranker ranker;

    /** The candidates of the latest decisions. */
    private final Deque<List<OwnScore.Candidate>> decided = new ArrayDeque<>();

    private int decisionsSinceFit;
    private int fitted;

    /**
     * @param ranker is closed by the caller
     * @param encoder null for words alone
     */
    Product(Ranker ranker, TextVectors encoder) {
        this(new UnstoredRetrieval(encoder), ranker);
    }

    private Product(UnstoredRetrieval retrieval, Ranker ranker) {
        this.retrieval = retrieval;
        this.ranker = ranker;
        ranker.use(null);
    }

    /** The same team with another model; only one of the two must be closed. */
    Product with(Ranker other) {
        return new Product(retrieval, other);
    }

    @Override
    public void publish(KnowledgeBase.Reply reply) {
        retrieval.publish(reply.id(), reply.title(), reply.text(), reply.language(), reply.category());
    }

    @Override
    public void decided(Moment moment, UUID reply) {
        decided(moment, reply, rank(moment));
    }

    /** @param ranking of the moment before the decision */
    void decided(Moment moment, UUID reply, Ranking ranking) {
        known(moment, reply);
        if (ranking.by() == RankedBy.CROSS_ENCODER) {
            decided.add(candidates(shortlist(moment, ranking, ranking.threshold()), reply));
            decisionsSinceFit++;
        }
        if (decided.size() > OwnScore.NEWEST) {
            decided.remove();
        }
    }

    @Override
    public void known(Moment moment, UUID reply) {
        retrieval.answered(reply, moment.remembered());
    }

    /** Many at once, as after an import. */
    void known(List<Moment> moments, UUID reply) {
        retrieval.answered(reply, moments.stream().map(Moment::remembered).toList());
    }

    /** As {@code DecidedImpressions} reads them. */
    static List<OwnScore.Candidate> candidates(Shortlist shortlist, UUID reply) {
        return Stream.concat(shortlist.shown().stream(), shortlist.others().stream())
                .limit(OwnScore.CANDIDATES)
                .map(scored -> new OwnScore.Candidate(
                        scored.logit(),
                        scored.candidate().evidence(),
                        scored.candidate().reply().equals(reply)))
                .toList();
    }

    private void followDecisions() {
        if (OwnScore.isDue(fitted, decisionsSinceFit)) {
            decisionsSinceFit = 0;
            fitted = decided.size();
            ranker.serving()
                    .ifPresent(serving -> ranker.use(
                            new Ranker.Serving(serving.model(), OwnScore.of(serving.score(), List.copyOf(decided)))));
        }
    }

    @Override
    public Suggestions suggest(Moment moment) {
        Ranking ranking = rank(moment);
        return new Suggestions(
                shown(shortlist(moment, ranking, 0), ranking, true),
                shown(shortlist(moment, ranking, ranking.threshold()), ranking, false));
    }

    /** All ranked candidates, before the shortlist. */
    Ranking rank(Moment moment) {
        followDecisions();
        Candidates candidates = retrieval.candidates(moment.query(), moment.question(), CANDIDATES);
        return ranker.rank(moment.query(), candidates.candidates());
    }

    static Shortlist shortlist(Moment moment, Ranking ranking, double threshold) {
        return Shortlist.of(
                moment.query(),
                moment.question(),
                ranking.scored(),
                threshold,
                Suggestions.ON_SCREEN,
                Integer.MAX_VALUE);
    }

    private static List<Suggestions.Suggestion> shown(Shortlist shortlist, Ranking ranking, boolean others) {
        List<Scored> scored = new ArrayList<>(shortlist.shown());
        if (others) {
            scored.addAll(shortlist.others());
        }
        return scored.stream()
                .map(one -> new Suggestions.Suggestion(
                        one.candidate().reply(),
                        ranking.said().of(one.probability()),
                        WORDS.get(Confidence.of(one, ranking.confidence()))))
                .toList();
    }

    @Override
    public void close() {
        retrieval.close();
    }
}
