package io.replyloop.shadow;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.model.ChampionChanged;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.ranking.RankedBy;
import io.replyloop.ranking.Ranker;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.Scored;
import io.replyloop.ranking.SecondModel;
import io.replyloop.retrieval.Candidate;
import io.replyloop.suggestion.Ranked;
import io.replyloop.suggestion.SuggestionService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Ranks on this node, with the model in the shadow, what this node has just suggested. Whatever it cannot keep up with is
 * left out and counted; nobody waits for it.
 */
@Singleton
public class ShadowRunner {
    private static final Logger LOG = Logger.getLogger(ShadowRunner.class);
    private static final Duration LOAD_AGAIN_AFTER = Duration.ofSeconds(30);

    /**
     * @param champion with which it is compared
     * @param model that is closed with it
     */
    private record Loaded(UUID shadow, UUID champion, SecondModel model) {}

    private record Task(Ranked ranked, long since) {}

    private final ShadowService shadows;
    private final ModelRegistry models;
    private final Function<ModelVersionView, SecondModel> opens;
    private final SuggestionService suggestions;
    private final ShadowConfig config;
    private final BlockingQueue<Task> waiting;
    private final AtomicLong busy = new AtomicLong();
    private final Thread thread;
    private final ExecutorService looking = Executors.newSingleThreadExecutor(DaemonThreads.named("shadow-look"));

    /**
     * Held while a model is loaded, which takes long: one at a time, for memory's sake. Whoever waits for it holds no other
     * lock. The monitor guards what is loaded, for a moment at a time.
     */
    private final ReentrantLock loading = new ReentrantLock();

    /** Null unless a shadow goes on and its model is in memory. */
    private volatile Loaded loaded;

    private Instant loadAgainAt = Instant.MIN;

    @Inject
    ShadowRunner(
            ShadowService shadows,
            ModelRegistry models,
            Ranker ranker,
            SuggestionService suggestions,
            ShadowConfig config) {
        this(shadows, models, ranker::openSecond, suggestions, config);
    }

    ShadowRunner(
            ShadowService shadows,
            ModelRegistry models,
            Function<ModelVersionView, SecondModel> opens,
            SuggestionService suggestions,
            ShadowConfig config) {
        this.shadows = shadows;
        this.models = models;
        this.opens = opens;
        this.suggestions = suggestions;
        this.config = config;
        waiting = new ArrayBlockingQueue<>(config.waiting());
        thread = DaemonThreads.start("shadow", this::work);
    }

    /** How much memory a second model takes is said before it is loaded. */
    ShadowNeeds needs(UUID id) {
        ModelVersionView model = models.verified(id);
        try (Stream<Path> files = Files.list(model.directory())) {
            long bytes = 0;
            for (Path file : files.filter(ShadowRunner::isWeights).toList()) {
                bytes += Files.size(file);
            }
            return new ShadowNeeds(Math.max(1, bytes / 1_000_000));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isWeights(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".safetensors") || name.endsWith(".pt");
    }

    /** Loads the model first, so that one which cannot be loaded is refused to the admin's face. */
    ShadowView start(ShadowWish wish, UUID agent) {
        loading.lock();
        try {
            shadows.requireNone();
            requireChampionBeside(wish.model());
            return begin(wish, agent, opens.apply(models.verified(wish.model())));
        } finally {
            loading.unlock();
        }
    }

    /** Another model may serve since the loading began. */
    private synchronized ShadowView begin(ShadowWish wish, UUID agent, SecondModel model) {
        UUID champion;
        ShadowView begun;
        try {
            champion = requireChampionBeside(wish.model());
            begun = shadows.begin(wish, champion, agent);
        } catch (RuntimeException refused) {
            model.close();
            throw refused;
        }
        use(new Loaded(begun.id(), champion, model));
        return begun;
    }

    private UUID requireChampionBeside(UUID challenger) {
        UUID champion = models.championId()
                .orElseThrow(() -> new Problem(ProblemCode.NO_MODEL, "No model serves with which to compare another."));
        if (champion.equals(challenger)) {
            throw new Problem(ProblemCode.CONFLICT, "This model serves already. Choose another one.");
        }
        return champion;
    }

    /** In the thread that has just told the customer's question to the agents: it must not take any time. */
    void ranked(@Observes(during = TransactionPhase.AFTER_SUCCESS) Ranked ranked) {
        Loaded now = loaded;
        if (now == null) {
            return;
        }
        if (ranked.ranking().modelId() != null
                && !now.champion.equals(ranked.ranking().modelId())) {
            // Another model serves, and this node has not ended the shadow yet: there is nothing to compare with.
            return;
        }
        RankedBy by = ranked.ranking().by();
        if (by == RankedBy.QUEUE_FULL || by == RankedBy.TOO_LATE) {
            busy.incrementAndGet();
        } else if (by == RankedBy.CROSS_ENCODER && !waiting.offer(new Task(ranked, System.nanoTime()))) {
            busy.incrementAndGet();
        }
    }

    /** In the request that promotes: it must not take any time. */
    void promoted(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChampionChanged changed) {
        looking.execute(this::lookAgain);
    }

    @Scheduled(every = "${replyloop.shadow.check:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookAgain() {
        DatabaseAway.orLater(this::look, LOG, "whether a model is to rank unseen is looked up later");
    }

    void look() {
        if (toLoad().isEmpty() || !loading.tryLock()) {
            return;
        }
        try {
            // Whoever was loading a moment ago may have loaded it.
            toLoad().filter(shadow -> !Instant.now().isBefore(loadAgainAt)).ifPresent(this::load);
        } finally {
            loading.unlock();
        }
    }

    /** Ends what is to end. @return the shadow that goes on and whose model is not in memory, after a restart perhaps */
    private synchronized Optional<Shadow> toLoad() {
        tellBusy();
        Shadow active = shadows.active().orElse(null);
        Optional<EndReason> end = active == null ? Optional.empty() : shadows.due(active);
        end.ifPresent(reason -> shadows.endByItself(active.id, reason, null));
        if (active != null && end.isEmpty() && loaded != null && loaded.shadow.equals(active.id)) {
            return Optional.empty();
        }
        use(null);
        return end.isPresent() ? Optional.empty() : Optional.ofNullable(active);
    }

    /** If it has ended in the meantime, the next look closes it. */
    private void load(Shadow shadow) {
        try {
            SecondModel model = opens.apply(models.verified(shadow.modelId));
            use(new Loaded(shadow.id, shadow.championId, model));
        } catch (Problem problem) {
            if (problem.code() == ProblemCode.MODEL_DAMAGED) {
                shadows.endByItself(shadow.id, EndReason.FAILED, problem.getMessage());
                return;
            }
            LOG.warnf("%s It is tried again in %d s", problem.getMessage(), LOAD_AGAIN_AFTER.toSeconds());
            loadAgainAt = Instant.now().plus(LOAD_AGAIN_AFTER);
        }
    }

    private synchronized void use(Loaded next) {
        Loaded before = loaded;
        loaded = next;
        if (before != null) {
            waiting.clear();
            before.model.close();
        }
    }

    private void tellBusy() {
        Loaded now = loaded;
        long questions = busy.getAndSet(0);
        if (now != null && questions > 0) {
            shadows.addBusy(now.shadow, questions);
        }
    }

    private void work() {
        try {
            while (true) {
                Task task = waiting.take();
                Loaded now = loaded;
                if (now != null) {
                    rank(task, now);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void rank(Task task, Loaded now) throws InterruptedException {
        try {
            long begun = System.nanoTime();
            Duration left = config.patience().minusNanos(begun - task.since);
            List<Scored> live = task.ranked.ranking().scored();
            List<Candidate> candidates = live.stream().map(Scored::candidate).toList();
            int read = (int) live.stream().filter(one -> one.logit() != null).count();
            Optional<Ranking> ranking =
                    left.isNegative() ? Optional.empty() : now.model.rank(task.ranked.query(), candidates, read, left);
            if (ranking.isEmpty()) {
                busy.incrementAndGet();
                return;
            }
            double millis = (System.nanoTime() - begun) / 1e6;
            List<Scored> shown = suggestions
                    .shortlist(task.ranked.query(), task.ranked.question(), ranking.get())
                    .shown();
            shadows.store(now.shadow, task.ranked.impression(), shown, millis);
        } catch (RuntimeException failure) {
            // It counts as left out; the next question may go better.
            LOG.errorf(failure, "Impression %s was not ranked unseen", task.ranked.impression());
        }
    }

    void atEnd(@Observes ShutdownEvent event) throws InterruptedException {
        looking.shutdown();
        thread.interrupt();
        thread.join();
        synchronized (this) {
            tellBusyAtEnd();
            use(null);
        }
    }

    private void tellBusyAtEnd() {
        try {
            tellBusy();
        } catch (RuntimeException failure) {
            LOG.warnf("Could not store how many questions were left out: %s", failure.getMessage());
        }
    }
}
