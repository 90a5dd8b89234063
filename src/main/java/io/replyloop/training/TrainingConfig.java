package io.replyloop.training;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

@ConfigMapping(prefix = "replyloop.training")
public interface TrainingConfig {
    /** False where only workers that were started by hand, on other hosts perhaps, shall train. */
    @WithDefault("true")
    boolean localWorker();

    /** Fewer decisions of agents than this teach a network nothing but their own wording. */
    @WithDefault("20")
    int minimumDecisions();

    /** Of versions that counted examples; without effect, and a start with it says so. */
    Optional<Integer> minimumExamples();

    /** So many conversations, about every fifth of all, have to be kept back to measure with. */
    @WithDefault("3")
    int minimumHeldOut();

    /** A worker that was not heard of for this long is dead. */
    @WithDefault("30s")
    Duration deadAfter();

    /** How often a run is attempted, where its worker dies, before it counts as failed. */
    @WithDefault("3")
    int attempts();

    /** Java heap of the worker; the network's memory is native and comes on top. */
    @WithDefault("512m")
    String workerHeap();

    /**
     * Scheduling priority of the worker, from 0 (as the chat) to 19. Above 0, it also belongs to the idle class where the
     * system has one, and gets only what others leave over.
     */
    @WithDefault("15")
    int nice();

    /** Training on this machine pauses until no message has come for this long, a minute at most; 0 to only lower its priority. */
    @WithDefault("1s")
    Duration standBackAfter();

    /** How often a node looks whether the schedule is due. */
    @WithDefault("5s")
    String scheduleCheck();

    /** Cores for the worker's matrix products; by default one is left to the chat. */
    Optional<Integer> threads();
}
