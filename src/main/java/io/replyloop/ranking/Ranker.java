package io.replyloop.ranking;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;

/**
 * Ranks candidates with the serving model. There is always an answer within the deadline: without a model, with a full
 * queue, after a timeout or a failure of the engine, it is the ranking of the first stage, marked as such.
 *
 * <p>A new model is opened and warmed up beside the old one; then a single reference changes. Requests that began with
 * the old model finish with it, and the last of them closes it.
 */
@Singleton
public class Ranker {
    private static final Logger LOG = Logger.getLogger(Ranker.class);
    private static final Comparator<Scored> BEST_FIRST = Comparator.comparingDouble(Scored::probability)
            .thenComparingDouble(Ranker::firstStages)
            .reversed();

    private final RankingConfig config;
    private final MeterRegistry metrics;
    private final Dispatcher<EncodedPair> dispatcher;
    private final AtomicReference<LoadedModel> serving = new AtomicReference<>();
    /** The team's own score; null while the one that came with the model is used. */
    private volatile Serving own;

    private final Timer deviceTime;
    private final DistributionSummary batchPairs;
    private final DistributionSummary batchRequests;
    private final DistributionSummary read;

    @Inject
    Ranker(RankingConfig config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
        deviceTime = Timer.builder("replyloop.ranking.batch")
                .description("Time that the device takes for one batch")
                .publishPercentiles(0.5, 0.95, 0.99)
                .register(metrics);
        batchPairs = DistributionSummary.builder("replyloop.ranking.batch.pairs")
                .description("Pairs of question and reply that were scored together")
                .register(metrics);
        batchRequests = DistributionSummary.builder("replyloop.ranking.batch.requests")
                .description("Requests that were scored together")
                .register(metrics);
        read = DistributionSummary.builder("replyloop.ranking.read")
                .description(
                        "Share of a question's candidates that there was time to read; the others are ranked by the"
                                + " first stage")
                .publishPercentiles(0.05, 0.5)
                .register(metrics);
        dispatcher = new Dispatcher<>(
                config.device(), new Dispatcher.Limits(config.queueTokens(), config.batchTokens()), this::scored);
        metrics.gauge("replyloop.ranking.queue.tokens", dispatcher, Dispatcher::waitingTokens);
    }

    /** The final score in use, for the serving model or for the first stage alone. */
    public FinalScore score(boolean byModel) {
        LoadedModel model = byModel ? serving.get() : null;
        return model == null ? FinalScore.FIRST_STAGE_ONLY : scoreOf(model);
    }

    /**
     * A model with its final score.
     *
     * @param score the one that came with the model, or the team's own for it
     */
    public record Serving(UUID model, FinalScore score) {}

    /** The serving model with the score that came with it; empty if there is none. */
    public Optional<Serving> serving() {
        return Optional.ofNullable(serving.get()).map(model -> new Serving(model.id(), model.finalScore()));
    }

    /** Uses this team's own score from now on, for as long as its model serves. */
    public void use(Serving ownScore) {
        own = ownScore;
    }

    private FinalScore scoreOf(LoadedModel model) {
        Serving now = own;
        return now != null && now.model.equals(model.id()) ? now.score : model.finalScore();
    }

    /** Like {@link #submit}, but waits for the answer. */
    public Ranking rank(String query, List<Candidate> candidates) {
        return submit(query, candidates).join();
    }

    /**
     * @param query the turns of the conversation, the newest last
     * @return never completes exceptionally, unless cancelled, which also removes the request from the queue
     */
    public CompletableFuture<Ranking> submit(String query, List<Candidate> candidates) {
        long started = System.nanoTime();
        CompletableFuture<Ranking> ranking = start(query, candidates);
        ranking.whenComplete((answer, cancelled) -> {
            if (answer != null) {
                Timer.builder("replyloop.ranking.latency")
                        .description("From question to ranking, waiting included")
                        .tag("by", answer.by().label())
                        .publishPercentiles(0.5, 0.95, 0.99)
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(1))
                        .maximumExpectedValue(Duration.ofSeconds(30))
                        .register(metrics)
                        .record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
            }
        });
        return ranking;
    }

    private CompletableFuture<Ranking> start(String query, List<Candidate> found) {
        LoadedModel model = acquire();
        if (model == null) {
            return CompletableFuture.completedFuture(byFirstStage(found, RankedBy.NO_MODEL));
        }
        FinalScore score = scoreOf(model);
        List<Candidate> candidates = mostPromisingFirst(suited(score, found), found);
        if (candidates.isEmpty()) {
            model.release();
            return CompletableFuture.completedFuture(byModel(model, score, candidates, List.of()));
        }
        CompletableFuture<List<float[]>> logits;
        try {
            List<EncodedPair> pairs = model.encode(query, candidates, affordableTokens(model), config.fewestPairs());
            read.record((double) pairs.size() / candidates.size());
            int tokens = pairs.stream().mapToInt(EncodedPair::length).sum();
            logits = dispatcher.submit(model, pairs, tokens, config.deadline());
        } catch (RuntimeException failure) {
            model.release();
            return CompletableFuture.completedFuture(afterFailure(candidates, failure));
        }
        logits.orTimeout(config.deadline().toMillis(), TimeUnit.MILLISECONDS);
        CompletableFuture<Ranking> ranking = logits.handle((rows, failure) -> {
            try {
                return failure == null ? byModel(model, score, candidates, rows) : afterFailure(candidates, failure);
            } finally {
                model.release();
            }
        });
        ranking.whenComplete((answer, failure) -> {
            if (failure instanceof CancellationException) {
                logits.cancel(false);
            }
        });
        return ranking;
    }

    /** Without an encoder no candidate has an embedding; with one, hardly any lacks it. */
    static FinalScore suited(FinalScore score, List<Candidate> candidates) {
        boolean meant =
                candidates.stream().anyMatch(candidate -> candidate.evidence().meaning() > 0);
        return meant ? score : score.byWords();
    }

    /** Sorts by the complete first stage, because there may be time to score only some. */
    static List<Candidate> mostPromisingFirst(FinalScore score, List<Candidate> found) {
        Map<Candidate, Double> promise = new IdentityHashMap<>();
        found.forEach(candidate -> promise.put(candidate, score.probability(null, candidate.evidence())));
        List<Candidate> sorted = new ArrayList<>(found);
        sorted.sort(Comparator.comparing(promise::get, Comparator.reverseOrder()));
        return sorted;
    }

    private double affordableTokens(LoadedModel model) {
        return model.tokensPerSecond() * config.budget().toNanos() / 1e9 - dispatcher.tokensAhead();
    }

    /** Makes this model serve; the previous one is closed when its last batch is done. */
    void serve(LoadedModel model) {
        LoadedModel before = serving.getAndSet(model);
        if (before != null) {
            before.release();
        }
    }

    LoadedModel open(ModelVersionView version) {
        return adopt(version, OpenModel.open(version.directory(), options()));
    }

    /**
     * Opens a model to rank beside the serving one, which goes first.
     *
     * @throws Problem {@code model-damaged} if it cannot rank, {@code unavailable} if there is no room for it now
     */
    public SecondModel openSecond(ModelVersionView version) {
        try {
            return new SecondModel(dispatcher, open(version));
        } catch (CheckpointException | UnusableModel broken) {
            throw new Problem(
                    ProblemCode.MODEL_DAMAGED,
                    "Model " + version.number() + " cannot be loaded: " + broken.getMessage(),
                    broken);
        } catch (RuntimeException failure) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "Model " + version.number() + " could not be loaded beside the one that serves, perhaps for want of"
                            + " memory: " + failure.getMessage() + ". Free some, and try again.",
                    failure);
        }
    }

    LoadedModel adopt(ModelVersionView version, OpenModel open) {
        return new LoadedModel(version, open, config.cachedReplies());
    }

    CrossEncoderOptions options() {
        return config.options();
    }

    private LoadedModel acquire() {
        while (true) {
            LoadedModel model = serving.get();
            // Fails only if the model has just been swapped; then there is a newer one.
            if (model == null || model.acquire()) {
                return model;
            }
        }
    }

    static Ranking byModel(LoadedModel model, FinalScore usual, List<Candidate> candidates, List<float[]> rows) {
        FinalScore score = suited(usual, candidates);
        return new Ranking(
                model.id(),
                model.number(),
                bestFirst(score, candidates, rows),
                score.threshold(),
                score.confidence(),
                score.said(),
                RankedBy.CROSS_ENCODER);
    }

    private static Ranking byFirstStage(List<Candidate> candidates, RankedBy why) {
        FinalScore score = suited(FinalScore.FIRST_STAGE_ONLY, candidates);
        List<Scored> scored = bestFirst(score, candidates, List.of());
        return new Ranking(null, 0, scored, score.threshold(), score.confidence(), score.said(), why);
    }

    /** Candidates that there was no time to score are ranked by their first-stage probability among the others. */
    private static List<Scored> bestFirst(FinalScore score, List<Candidate> candidates, List<float[]> rows) {
        List<Scored> scored = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            Double logit = i < rows.size() ? CrossEncoder.logOdds(rows.get(i)) : null;
            scored.add(new Scored(candidate, logit, score.probability(logit, candidate.evidence())));
        }
        scored.sort(BEST_FIRST);
        return scored;
    }

    private static Ranking afterFailure(List<Candidate> candidates, Throwable thrown) {
        Throwable failure = thrown instanceof CompletionException wrapped ? wrapped.getCause() : thrown;
        if (failure instanceof Dispatcher.QueueFull) {
            return byFirstStage(candidates, RankedBy.QUEUE_FULL);
        }
        if (failure instanceof TimeoutException) {
            return byFirstStage(candidates, RankedBy.TOO_LATE);
        }
        if (!(failure instanceof CancellationException)) {
            LOG.error("The cross-encoder failed; the first stage answers", failure);
        }
        return byFirstStage(candidates, RankedBy.FAILURE);
    }

    private static double firstStages(Scored scored) {
        Evidence evidence = scored.candidate().evidence();
        return evidence.firstStage() + evidence.meaning() + evidence.memory();
    }

    private void scored(int requests, int pairs, int tokens, Duration took) {
        deviceTime.record(took);
        batchPairs.record(pairs);
        batchRequests.record(requests);
    }

    @PreDestroy
    void close() {
        dispatcher.close();
        serve(null);
    }
}
