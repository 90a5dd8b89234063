package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.bert.training.TrainingResult;
import io.replyloop.model.ModelRegistry;
import io.replyloop.training.RunQueue;
import io.replyloop.training.RunStage;
import io.replyloop.training.TrainingLab;
import io.replyloop.training.TrainingOptions;
import io.replyloop.training.TrainingRunView;
import io.replyloop.training.TrainingService;
import io.replyloop.training.WaitingSignal;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends a run early, or sends it back: its time, and the quiet hours. On a tiny BERT, in this JVM. */
@QuarkusTest
class TrainingLimitsTest {
    /** Far longer than any test waits. */
    private static final TrainingOptions ENDLESS = new TrainingOptions(1e-5, 100, 1, 32, 0, false, 1L);

    @Inject
    TrainingService training;

    @Inject
    ModelRegistry models;

    @Inject
    TrainingLab lab;

    private WorkerStore store;
    private UUID run;

    @BeforeEach
    void setUp() {
        lab.setUp();
        lab.champion();
        store = lab.store();
        lab.conversations(30);
        lab.change("update training_schedule set maximum_minutes = 10");
        run = training.start(TrainingService.MANUAL, null, ENDLESS, false).id();
    }

    @AfterEach
    void tearDown() {
        store.close();
        lab.tearDown();
    }

    @Test
    void a_run_whose_time_is_over_ends_with_its_best_state_once_it_has_been_through_the_examples() {
        spent(600);

        TrainingAttempt.Outcome outcome = attempt(AskedOnceEvaluated::new);

        assertThat(outcome).isEqualTo(TrainingAttempt.Outcome.SUCCEEDED);
        TrainingRunView done = training.run(run);
        assertThat(done.stage()).isEqualTo(RunStage.AWAITING_DECISION);
        assertThat(done.metrics().at("/challenger/auc").isNumber()).isTrue();
        assertThat(training.log(run, 0))
                .extracting(TrainingRunView.LogLine::text)
                .contains("The longest time of 10 minutes is reached: the run ends with its best state so far");
    }

    @Test
    void a_run_whose_time_is_over_before_fails_and_names_the_setting() {
        spent(600);

        assertThat(attempt(UnaryOperator.identity())).isEqualTo(TrainingAttempt.Outcome.FAILED);

        TrainingRunView failed = training.run(run);
        assertThat(failed.errorCode()).isEqualTo("time-limit");
        assertThat(failed.error()).contains("longest time of 10 minutes", "maximumMinutes");
    }

    @Test
    void a_run_that_quiet_hours_interrupt_saves_its_state_and_goes_on_from_there_afterwards() {
        List<Integer> begun = new ArrayList<>();
        assertThat(attempt(listener -> new Watched(listener, begun, () -> lab.quiet(true))))
                .isEqualTo(TrainingAttempt.Outcome.LEASE_LOST);
        TrainingRunView waiting = training.run(run);
        assertThat(waiting.stage()).isEqualTo(RunStage.QUEUED);
        assertThat(waiting.attempt()).isEqualTo(0);
        assertThat(waiting.waitsUntil()).isNotNull();
        assertThat(store.claim("somebody", null)).isEmpty();

        lab.quiet(false);
        attempt(listener -> new Watched(listener, begun, () -> training.cancel(run)));

        assertThat(begun).hasSize(2).startsWith(0);
        assertThat(begun.get(1)).isGreaterThan(0);
        assertThat(training.run(run).points())
                .extracting(TrainingRunView.Point::step)
                .startsWith(waiting.points().get(0).step())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(training.run(run).stage()).isEqualTo(RunStage.CANCELLED);
    }

    @Test
    void an_attempt_that_ends_while_it_measures_leaves_the_next_one_nothing_to_learn_again() {
        spent(600);
        RunQueue.Claim first = store.claim("worker", run).orElseThrow();
        TrainingAttempt.Trainer taken = (base, train, dev, out, options, listener) -> {
            TrainingResult result = FineTuner.run(base, train, dev, out, options, new AskedOnceEvaluated(listener));
            lab.change("update training_run set worker = 'somebody else'");
            return result;
        };
        assertThat(attempt(first, taken)).isEqualTo(TrainingAttempt.Outcome.LEASE_LOST);
        List<TrainingRunView.Point> curve = training.run(run).points();
        lab.change("update training_run set status = 'queued', worker = null");

        RunQueue.Claim second = store.claim("worker", run).orElseThrow();
        TrainingAttempt.Outcome outcome = attempt(second, (base, train, dev, out, options, listener) -> {
            throw new AssertionError("learned again");
        });

        assertThat(outcome).isEqualTo(TrainingAttempt.Outcome.SUCCEEDED);
        assertThat(training.run(run).points()).isEqualTo(curve).isNotEmpty();
    }

    @Test
    void a_run_makes_way_while_customers_wait_and_says_so() {
        WaitingSignal customers = WaitingSignal.silent();
        customers.waitFor(Duration.ofSeconds(50));
        RunQueue.Claim claim = store.claim("worker", run).orElseThrow();
        TrainingAttempt.Trainer untilCancelled = (base, train, dev, out, options, listener) -> {
            listener.begins(0);
            while (!listener.cancelled()) {
                listener.beforeBatch(TrainingListener.Batch.LEARNING);
                busyFor(Duration.ofMillis(2));
            }
            throw new CancellationException("cancelled");
        };
        CompletableFuture<TrainingAttempt.Outcome> attempt = CompletableFuture.supplyAsync(() -> new TrainingAttempt(
                        store,
                        claim,
                        models.folder(),
                        1,
                        untilCancelled,
                        RunLogStream.of(System.out, store, claim),
                        customers)
                .run());

        await().atMost(Duration.ofSeconds(40))
                .until(() -> training.run(run).standsBack() && training.run(run).stoodBackSeconds() > 1);
        assertThat(training.run(run).stoodBackSeconds())
                .isLessThan(training.run(run).spentSeconds() + 6);
        customers.waitFor(Duration.ZERO);
        await().atMost(Duration.ofSeconds(20)).until(() -> !training.run(run).standsBack());
        training.cancel(run);

        assertThat(attempt.join()).isEqualTo(TrainingAttempt.Outcome.CANCELLED);
        assertThat(training.log(run, 0))
                .extracting(TrainingRunView.LogLine::text)
                .anyMatch(
                        line -> line.matches("Stood back for \\d+ s in this attempt, because customers were waiting"));
    }

    @Test
    void what_a_run_has_stood_back_does_not_count_against_its_longest_time() {
        RunQueue.Claim first = store.claim("worker", run).orElseThrow();
        store.lease(first, Optional.of(new RunQueue.Beat(true, 250)));
        store.lease(first, Optional.of(new RunQueue.Beat(false, 50)));
        spent(800);
        assertThat(training.run(run).stoodBackSeconds()).isEqualTo(300);
        store.handBack(first);

        assertThat(store.claim("worker", run).orElseThrow().spentSeconds()).isEqualTo(500);
    }

    private static void busyFor(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private void spent(int seconds) {
        lab.change("update training_run set spent_seconds = " + seconds);
    }

    private TrainingAttempt.Outcome attempt(UnaryOperator<TrainingListener> watched) {
        RunQueue.Claim claim = store.claim("worker", run).orElseThrow();
        TrainingAttempt.Trainer trainer = (base, train, dev, out, options, listener) ->
                FineTuner.run(base, train, dev, out, options, watched.apply(listener));
        return attempt(claim, trainer);
    }

    private TrainingAttempt.Outcome attempt(RunQueue.Claim claim, TrainingAttempt.Trainer trainer) {
        return new TrainingAttempt(store, claim, models.folder(), 1, trainer, RunLogStream.of(System.out, store, claim))
                .run();
    }

    /** As if the time had been over only then. */
    private static final class AskedOnceEvaluated extends Passing {
        private boolean evaluated;

        AskedOnceEvaluated(TrainingListener listener) {
            super(listener);
        }

        @Override
        public void progress(TrainingProgress progress) {
            super.progress(progress);
            evaluated |= !progress.devMetrics().isEmpty();
        }

        @Override
        public Wish wish() {
            return evaluated ? super.wish() : Wish.GO_ON;
        }
    }

    /** Does something at the first report. */
    private static final class Watched extends Passing {
        private final List<Integer> begun;
        private Runnable once;

        Watched(TrainingListener listener, List<Integer> begun, Runnable once) {
            super(listener);
            this.begun = begun;
            this.once = once;
        }

        @Override
        public void begins(int step) {
            begun.add(step);
            super.begins(step);
        }

        @Override
        public void progress(TrainingProgress progress) {
            super.progress(progress);
            if (once != null) {
                once.run();
                once = null;
            }
        }
    }

    private static class Passing implements TrainingListener {
        private final TrainingListener listener;

        Passing(TrainingListener listener) {
            this.listener = listener;
        }

        @Override
        public void begins(int step) {
            listener.begins(step);
        }

        @Override
        public void progress(TrainingProgress progress) {
            listener.progress(progress);
        }

        @Override
        public Wish wish() {
            return listener.wish();
        }

        @Override
        public boolean cancelled() {
            return listener.cancelled();
        }
    }
}
