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
import java.util.concurrent.atomic.AtomicLong;
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

    /** @param model that is closed with it */
    private record Loaded(UUID shadow, SecondModel model) {}

    private record Task(Ranked ranked, long since) {}

    private final ShadowService shadows;
    private final ModelRegistry models;
    private final Ranker ranker;
    private final SuggestionService suggestions;
    private final ShadowConfig config;
    private final BlockingQueue<Task> waiting;
    private final AtomicLong busy = new AtomicLong();
    private final Thread thread;
    /** Null unless a shadow goes on and its model is in memory. */
    private volatile Loaded loaded;

    private Instant loadAgainAt = Instant.MIN;

    ShadowRunner(
            ShadowService shadows,
            ModelRegistry models,
            Ranker ranker,
            SuggestionService suggestions,
            ShadowConfig config) {
        this.shadows = shadows;
        this.models = models;
        this.ranker = ranker;
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
    synchronized ShadowView start(ShadowWish wish, UUID agent) {
        shadows.requireNone();
        UUID champion = models.championId()
                .orElseThrow(() -> new Problem(ProblemCode.NO_MODEL, "No model serves with which to compare another."));
        if (champion.equals(wish.model())) {
            throw new Problem(ProblemCode.CONFLICT, "This model serves already. Choose another one.");
        }
        SecondModel model = ranker.openSecond(models.verified(wish.model()));
        try {
            UUID id = shadows.begin(wish, champion, agent);
            use(new Loaded(id, model));
            return shadows.view(id);
        } catch (RuntimeException refused) {
            model.close();
            throw refused;
        }
    }

    /** In the thread that has just told the customer's question to the agents: it must not take any time. */
    void ranked(@Observes(during = TransactionPhase.AFTER_SUCCESS) Ranked ranked) {
        if (loaded == null) {
            return;
        }
        RankedBy by = ranked.ranking().by();
        if (by == RankedBy.QUEUE_FULL || by == RankedBy.TOO_LATE) {
            busy.incrementAndGet();
        } else if (by == RankedBy.CROSS_ENCODER && !waiting.offer(new Task(ranked, System.nanoTime()))) {
            busy.incrementAndGet();
        }
    }

    void promoted(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChampionChanged changed) {
        lookAgain();
    }

    @Scheduled(every = "${replyloop.shadow.check:2s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void lookAgain() {
        try {
            look();
        } catch (RuntimeException failure) {
            if (!DatabaseAway.causedBy(failure)) {
                throw failure;
            }
            LOG.debugf("Whether a model is to rank unseen is looked up later: %s", failure.getMessage());
        }
    }

    synchronized void look() {
        tellBusy();
        Shadow active = shadows.active().orElse(null);
        Optional<EndReason> end = active == null ? Optional.empty() : shadows.due(active);
        end.ifPresent(reason -> shadows.endByItself(active.id, reason, null));
        if (active == null || end.isPresent()) {
            use(null);
        } else if (loaded == null || !loaded.shadow.equals(active.id)) {
            load(active);
        }
    }

    /** After a restart, and on the other nodes. */
    private void load(Shadow shadow) {
        use(null);
        if (Instant.now().isBefore(loadAgainAt)) {
            return;
        }
        try {
            use(new Loaded(shadow.id, ranker.openSecond(models.verified(shadow.modelId))));
        } catch (Problem problem) {
            if (problem.code() == ProblemCode.MODEL_DAMAGED) {
                shadows.endByItself(shadow.id, EndReason.FAILED, problem.getMessage());
                return;
            }
            LOG.warnf("%s It is tried again in %d s", problem.getMessage(), LOAD_AGAIN_AFTER.toSeconds());
            loadAgainAt = Instant.now().plus(LOAD_AGAIN_AFTER);
        }
    }

    private void use(Loaded next) {
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
