package io.replyloop.suggestion;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.ShutdownEvent;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.InboxActs;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.ranking.FinalScore;
import io.replyloop.ranking.Ranker;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Candidates;
import io.replyloop.retrieval.Retrieval;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * From a customer's message to ranked replies. Each message asks for suggestions after its commit; they are computed
 * beside the requests, without a transaction, and stored and announced in one at the end. A burst of messages is one
 * question: whatever is being computed for an older one is given up.
 */
@Singleton
public class SuggestionService {
    private static final Logger LOG = Logger.getLogger(SuggestionService.class);
    private static final long RETRY_SECONDS = 2;
    private static final long RETRY_WITHOUT_REPLIES_SECONDS = 10;

    private final Retrieval retrieval;
    private final Ranker ranker;
    private final ImpressionService impressions;
    private final InboxActs inbox;
    private final SuggestionConfig config;
    private final ScreenOrders orders;
    private final SuggestedItems suggested;
    private final LatestOnly queue;
    private final Timer latency;
    private final Counter turnedAway;

    @Inject
    SuggestionService(
            Retrieval retrieval,
            Ranker ranker,
            ImpressionService impressions,
            InboxActs inbox,
            SuggestionConfig config,
            ScreenOrders orders,
            SuggestedItems suggested,
            MeterRegistry metrics) {
        this.retrieval = retrieval;
        this.ranker = ranker;
        this.impressions = impressions;
        this.inbox = inbox;
        this.config = config;
        this.orders = orders;
        this.suggested = suggested;
        queue = new LatestOnly(config.threads(), config.waiting(), this::computeOrTryAgain);
        latency = Timer.builder("replyloop.suggestion.latency")
                .description("From the customer's message to stored suggestions")
                .publishPercentiles(0.5, 0.95, 0.99)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(metrics);
        turnedAway = Counter.builder("replyloop.suggestion.turned.away")
                .description("Messages without suggestions because too many waited")
                .register(metrics);
        metrics.gauge("replyloop.suggestion.waiting", queue, LatestOnly::waiting);
    }

    void onMessage(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced advanced) {
        if (advanced.event().isQuestion()) {
            suggest(advanced.conversation());
        }
    }

    /** Computes suggestions for the newest question, unless they are there or it is answered; announces them when ready. */
    public void suggest(UUID conversation) {
        if (!queue.ask(conversation)) {
            turnedAway.increment();
            LOG.warnf("Too many conversations wait for suggestions; %s gets them when it is opened", conversation);
        }
    }

    /**
     * What an agent who opens the conversation should see at once. When the newest question has no suggestions yet, they
     * are computed and announced.
     *
     * @return empty when the team spoke last, when it is spam, or when they are still to come
     */
    public Optional<SuggestionsView> latest(UUID conversation) {
        Optional<QueryText> text = impressions.newestQuestion(conversation, config.turns());
        if (text.isEmpty() || inbox.isSpam(conversation)) {
            return Optional.empty();
        }
        Optional<SuggestionsView> stored =
                impressions.of(conversation, text.get().trigger()).map(this::view);
        if (stored.isEmpty()) {
            suggest(conversation);
        }
        return stored;
    }

    /** What was shown once, with the words that the replies have today. */
    public SuggestionsView asShown(UUID impression) {
        return view(impressions.find(impression).orElseThrow(() -> Problem.notFound("impression")));
    }

    private void computeOrTryAgain(UUID conversation, long askedAt, Consumer<Future<?>> waitsFor) {
        try {
            if (compute(conversation, askedAt, waitsFor).isPresent()) {
                latency.record(System.nanoTime() - askedAt, TimeUnit.NANOSECONDS);
            }
        } catch (RuntimeException failure) {
            boolean away = DatabaseAway.causedBy(failure);
            if (!away && !isWithoutReplies(failure)) {
                throw failure;
            }
            if (away) {
                LOG.warnf("The database is away; suggestions for conversation %s are tried again", conversation);
            } else {
                // Whoever reads the knowledge base says why it takes so long.
                LOG.debugf("Suggestions for conversation %s are tried again: %s", conversation, failure.getMessage());
            }
            CompletableFuture.delayedExecutor(away ? RETRY_SECONDS : RETRY_WITHOUT_REPLIES_SECONDS, TimeUnit.SECONDS)
                    .execute(() -> suggest(conversation));
        }
    }

    /** The knowledge base has not been read yet, as after a start under load. */
    private static boolean isWithoutReplies(RuntimeException failure) {
        return failure instanceof Problem problem && problem.code() == ProblemCode.UNAVAILABLE;
    }

    /** The replies that an agent would be shown for a question now, best first. Nothing is stored. */
    public List<Candidate> wouldShow(String query, String question) {
        Candidates candidates = retrieval.candidates(query, question, config.candidates());
        Ranking ranking = ranker.submit(query, candidates.candidates()).join();
        return shortlist(query, question, ranking).shown().stream()
                .map(Scored::candidate)
                .toList();
    }

    /** What an agent is shown of a ranking for a question, and what else of it is kept. */
    public Shortlist shortlist(String query, String question, Ranking ranking) {
        return Shortlist.of(
                query,
                question,
                ranking.scored(),
                config.threshold().orElse(ranking.threshold()),
                config.shown(),
                config.keptCandidates());
    }

    /** Computes and stores them in the caller's thread and transaction, which need not be committed. */
    public Optional<SuggestionsView> computeHere(UUID conversation) {
        return compute(conversation, System.nanoTime(), ranking -> {});
    }

    /** @return what was stored; empty when there is nothing to answer any more */
    private Optional<SuggestionsView> compute(UUID conversation, long askedAt, Consumer<Future<?>> waitsFor) {
        QueryText text = impressions.toAnswer(conversation, config.turns()).orElse(null);
        if (text == null || inbox.isSpam(conversation)) {
            return Optional.empty();
        }
        Candidates candidates = retrieval.candidates(text.query(), text.question(), config.candidates());
        CompletableFuture<Ranking> asked = ranker.submit(text.query(), candidates.candidates());
        waitsFor.accept(asked);
        Ranking ranking = asked.join();
        Shortlist shortlist = shortlist(text.query(), text.question(), ranking);
        ScreenOrders.ScreenOrder order = orders.of(shortlist);
        List<SuggestionsView.Item> items = suggested.of(text.question(), order.items(), ranking);
        long took = System.nanoTime() - askedAt;
        SuggestionsView suggestions = new SuggestionsView(
                conversation, UUID.randomUUID(), text.trigger(), items, ranking.modelNumber(), took / 1e6);
        boolean stored = impressions.record(suggestions, text, ranking, candidates.revision(), shortlist, order);
        return stored ? Optional.of(suggestions) : Optional.empty();
    }

    /** As it was shown, but with the words that the replies have today; those no longer published are left out. */
    private SuggestionsView view(ImpressionView impression) {
        FinalScore score = ranker.score(impression.modelNumber() > 0);
        return new SuggestionsView(
                impression.conversation(),
                impression.id(),
                impression.trigger(),
                suggested.of(impression, score),
                impression.modelNumber(),
                impression.tookMillis());
    }

    void atEnd(@Observes ShutdownEvent event) {
        queue.close();
    }
}
