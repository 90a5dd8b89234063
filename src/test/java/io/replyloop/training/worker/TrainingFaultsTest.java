package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.bert.training.TrainingListener;
import io.replyloop.bert.training.TrainingProgress;
import io.replyloop.bert.training.TrainingResult;
import io.replyloop.model.ModelDirectory;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.training.RunPhase;
import io.replyloop.training.RunQueue;
import io.replyloop.training.RunStage;
import io.replyloop.training.TrainingLab;
import io.replyloop.training.TrainingOptions;
import io.replyloop.training.TrainingRunView;
import io.replyloop.training.TrainingService;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * PostgreSQL is killed, and the disk is full, while a run is at each of its phases. On a tiny BERT, in this JVM; with the
 * packaged product, all victims and all states, {@code src/bench/training-faults.sh} does it.
 */
@QuarkusTest
class TrainingFaultsTest {
    private static final TrainingOptions QUICK = new TrainingOptions(1e-3, 2, 16, 32, 0, false, 1L);

    @Inject
    TrainingService training;

    @Inject
    ModelRegistry models;

    @Inject
    TrainingLab lab;

    @Inject
    Session database;

    @TempDir
    Path small;

    private WorkerStore store;
    private ModelVersionView champion;
    private TrainingRunView run;

    @BeforeEach
    void setUp() {
        lab.setUp();
        champion = lab.champion();
        store = new WorkerStore(TrainingLab.address());
        lab.conversations(30);
        run = training.start(TrainingService.MANUAL, null, QUICK, false);
    }

    @AfterEach
    void tearDown() throws Exception {
        if (Files.exists(small.resolve("models"))) {
            system("umount", small.resolve("models").toString());
        }
        store.close();
        lab.tearDown();
    }

    @ParameterizedTest
    @EnumSource(RunPhase.class)
    void a_run_comes_to_its_end_although_postgresql_is_killed(RunPhase phase) {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "needs /bin/kill to kill PostgreSQL");
        RunQueue.Claim claim = store.claim("worker", run.id()).orElseThrow();

        TrainingAttempt.Outcome outcome = attempt(claim, models.folder(), at(phase, this::killPostgres));

        assertThat(outcome).isEqualTo(TrainingAttempt.Outcome.SUCCEEDED);
        // The pool finds out one by one which of its connections are gone.
        TrainingRunView done = await().ignoreExceptions()
                .atMost(Duration.ofSeconds(30))
                .until(() -> training.run(run.id()), Objects::nonNull);
        assertThat(done.stage()).isEqualTo(RunStage.AWAITING_DECISION);
        assertThat(done.points())
                .extracting(TrainingRunView.Point::step)
                .isSorted()
                .doesNotHaveDuplicates();
        assertNothingIsHalf(done);
        models.promote(done.resultModel(), null);
        assertThat(models.champion().orElseThrow().id()).isEqualTo(done.resultModel());
    }

    @ParameterizedTest
    @EnumSource(RunPhase.class)
    void a_run_for_which_the_disk_is_full_says_so_and_the_next_one_has_room(RunPhase phase) throws Exception {
        Path folder = Files.createDirectories(small.resolve("models"));
        Assumptions.assumeTrue(
                system("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder.toString()) == 0,
                "needs the right to mount a small disk");
        Path copy = Files.createDirectories(
                folder.resolve(champion.directory().getFileName().toString()));
        try (Stream<Path> files = Files.list(champion.directory())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        RunQueue.Claim claim = store.claim("worker", run.id()).orElseThrow();

        TrainingAttempt.Outcome outcome = attempt(claim, folder, at(phase, () -> fill(folder)));

        TrainingRunView failed = training.run(run.id());
        if (phase == RunPhase.EVALUATING) {
            // The weights are written already, and moved to where they stay.
            assertThat(outcome).isIn(TrainingAttempt.Outcome.SUCCEEDED, TrainingAttempt.Outcome.FAILED);
        } else {
            assertThat(outcome).isEqualTo(TrainingAttempt.Outcome.FAILED);
        }
        if (outcome == TrainingAttempt.Outcome.FAILED) {
            assertThat(failed.errorCode()).as(failed.error()).isEqualTo("disk-full");
            assertThat(failed.resultModel()).isNull();
        }
        assertNothingIsHalf(failed);

        Files.delete(folder.resolve("full"));
        TrainingRunView next = training.start(TrainingService.MANUAL, null, QUICK, false);
        assertThat(next.dataset().contentHash()).isEqualTo(run.dataset().contentHash());
        assertThat(attempt(store.claim("worker", next.id()).orElseThrow(), folder, FineTuner::run))
                .isEqualTo(TrainingAttempt.Outcome.SUCCEEDED);
    }

    /** The snapshot is what it was, one model serves, and no folder is half-made. */
    private void assertNothingIsHalf(TrainingRunView done) {
        assertThat(done.dataset()).isEqualTo(run.dataset());
        assertThat(number("select count(distinct model_id) from (select model_id from model_promotion"
                        + " order by promoted_at desc, id desc limit 1) newest"))
                .isEqualTo(1);
        assertThat(models.champion().orElseThrow().id()).isEqualTo(champion.id());
        assertThat(number("select count(*) from model_version where origin = 'training'"))
                .isEqualTo(done.resultModel() == null ? 0 : 1);
        for (Path folder : List.of(models.folder(), small.resolve("models"))) {
            assertThat(folder.resolve(ModelDirectory.INCOMING + "run-" + run.id()))
                    .doesNotExist();
        }
    }

    private long number(String query) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(query, Long.class).getSingleResult());
    }

    private TrainingAttempt.Outcome attempt(RunQueue.Claim claim, Path folder, TrainingAttempt.Trainer trainer) {
        return new TrainingAttempt(store, claim, folder, 1, trainer, RunLogStream.of(System.out, store, claim)).run();
    }

    /** Trains, and lets something happen: before the first step, at the first report, or when the model is made. */
    private static TrainingAttempt.Trainer at(RunPhase phase, Runnable fault) {
        return (base, train, dev, out, options, listener) -> {
            if (phase == RunPhase.PREPARING) {
                fault.run();
            }
            TrainingResult result = FineTuner.run(
                    base, train, dev, out, options, phase == RunPhase.TRAINING ? once(listener, fault) : listener);
            if (phase == RunPhase.EVALUATING) {
                fault.run();
            }
            return result;
        };
    }

    private static TrainingListener once(TrainingListener listener, Runnable fault) {
        return new TrainingListener() {
            private boolean done;

            @Override
            public void begins(int step) {
                listener.begins(step);
            }

            @Override
            public void progress(TrainingProgress progress) {
                if (!done) {
                    done = true;
                    fault.run();
                }
                listener.progress(progress);
            }

            @Override
            public Wish wish() {
                return listener.wish();
            }

            @Override
            public void beforeBatch(Batch kind) {
                listener.beforeBatch(kind);
            }

            @Override
            public boolean cancelled() {
                return listener.cancelled();
            }
        };
    }

    private void killPostgres() {
        String postmaster = QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select split_part(pg_read_file('postmaster.pid'), chr(10), 1)", String.class)
                        .getSingleResult());
        assertThat(system("/bin/kill", "-KILL", postmaster.strip())).isZero();
    }

    private static void fill(Path folder) {
        byte[] block = new byte[64 * 1024];
        try (var file = Files.newOutputStream(folder.resolve("full"))) {
            while (true) {
                file.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left on device");
        }
    }

    private static int system(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor(20, TimeUnit.SECONDS) ? process.exitValue() : -1;
        } catch (IOException missing) {
            return -1;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stop);
        }
    }
}
