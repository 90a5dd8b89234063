package io.replyloop.ranking;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.network.NativeEngine;
import io.replyloop.model.ChampionChanged;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.DaemonThreads;
import io.replyloop.platform.Problem;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Keeps the ranker on the champion. Models are loaded on a background thread, at the start and whenever another model
 * is promoted. If a model cannot be loaded, the previous one stays in service and the problem is reported.
 */
@Singleton
public class ChampionLoader {
    private static final Logger LOG = Logger.getLogger(ChampionLoader.class);
    private static final long RETRY_SECONDS = 5;

    /**
     * @param settled whether the first attempt is over
     * @param model the serving model; null if there is none
     * @param problem why the champion does not serve; null if it does
     */
    public record State(boolean settled, ModelVersionView model, String problem) {}

    private final Supplier<Optional<ModelVersionView>> registry;
    private final Ranker ranker;
    private final EarlyModel early;
    private final ScheduledExecutorService background =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("model-loader"));
    private volatile State state = new State(false, null, null);

    @Inject
    ChampionLoader(ModelRegistry registry, Ranker ranker, EarlyModel early) {
        this(registry::champion, ranker, early);
    }

    ChampionLoader(Supplier<Optional<ModelVersionView>> registry, Ranker ranker, EarlyModel early) {
        this.registry = registry;
        this.ranker = ranker;
        this.early = early;
    }

    public State state() {
        return state;
    }

    /** Runs right after a built-in model has been put in place, so that it is loaded while the other beans start. */
    void atStart(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE + 1) StartupEvent event) {
        background.execute(this::follow);
    }

    void promoted(@Observes(during = TransactionPhase.AFTER_SUCCESS) ChampionChanged event) {
        background.execute(this::follow);
    }

    void atEnd(@Observes ShutdownEvent event) {
        DaemonThreads.end(background);
    }

    void follow() {
        ModelVersionView serving = state.model;
        try {
            Optional<ModelVersionView> champion = registry.get();
            if (champion.isEmpty()) {
                state = new State(true, serving, "No model has been promoted yet; the first stage answers alone");
            } else if (serving == null || !champion.get().id().equals(serving.id())) {
                load(champion.get());
            } else {
                state = new State(true, serving, null);
            }
        } catch (CheckpointException | UnusableModel | Problem damaged) {
            LOG.errorf("The promoted model cannot serve, %s: %s", stays(serving), damaged.getMessage());
            state = new State(true, serving, damaged.getMessage());
        } catch (RuntimeException | Error failure) {
            // The database may be unavailable or memory short; both are temporary.
            LOG.errorf(failure, "The promoted model could not be loaded, %s", stays(serving));
            state = new State(true, serving, "Loading failed, trying again: " + failure);
            background.schedule(this::follow, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void load(ModelVersionView champion) {
        long started = System.nanoTime();
        LoadedModel model = early.take(champion.directory(), ranker.options())
                .map(open -> ranker.adopt(champion, open))
                .orElseGet(() -> ranker.open(champion));
        ranker.serve(model);
        early.served(champion.directory());
        state = new State(true, champion, null);
        NativeEngine.standBack();
        LOG.infof(
                "Model %d serves, loaded in %d ms",
                (Object) champion.number(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }

    private static String stays(ModelVersionView serving) {
        return serving == null ? "the first stage answers alone" : "model " + serving.number() + " stays";
    }
}
