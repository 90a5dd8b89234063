package io.replyloop.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.database.UnpooledConnections;
import io.replyloop.model.ModelRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.training.RunStage;
import io.replyloop.training.RunState;
import io.replyloop.training.TrainingConfig;
import io.replyloop.training.TrainingLab;
import io.replyloop.training.TrainingOptions;
import io.replyloop.training.TrainingRunView;
import io.replyloop.training.TrainingService;
import io.replyloop.training.TrainingWorkers;
import io.replyloop.training.WorkerLauncher;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real runs in a real second JVM, on a tiny BERT and a real database. */
@QuarkusTest
class TrainingWorkerTest {
    private static final TrainingOptions QUICK = new TrainingOptions(1e-3, 3, 16, 32, 0, false, 1L);

    /** Far longer than any test waits. */
    private static final TrainingOptions ENDLESS = new TrainingOptions(1e-5, 100, 1, 32, 0, false, 1L);

    @Inject
    TrainingService training;

    @Inject
    UnpooledConnections database;

    @Inject
    ModelRegistry models;

    @Inject
    ApplicationFolder files;

    @Inject
    TrainingLab lab;

    private ModelVersionView champion;
    private TrainingWorkers workers;

    @BeforeEach
    void setUp() {
        lab.setUp();
        champion = lab.champion();
        TrainingConfig config = new WithLocalWorker();
        workers = new TrainingWorkers(training, config, new LocalWorkers(config, database), models, files);
    }

    @AfterEach
    void tearDown() {
        workers.atEnd(null);
        lab.tearDown();
    }

    @Test
    void a_run_trains_in_a_process_of_its_own_and_its_model_is_promoted_and_serves() throws IOException {
        lab.conversations(300);
        lab.candidates();
        TrainingRunView queued = training.start(TrainingService.MANUAL, null, QUICK, false);

        TrainingRunView running = until(queued.id(), run -> run.status() == RunState.RUNNING);
        assertThat(workers.worker().handle().isAlive()).isTrue();
        assertThat(lab.workerOf(queued.id())).isEqualTo(workers.worker().name());
        assertKeptSecret(workers.worker());
        TrainingRunView done = until(queued.id(), run -> run.status().hasEnded());

        assertThat(done.status()).as(() -> done.error()).isEqualTo(RunState.SUCCEEDED);
        assertThat(running.baseModel()).isEqualTo(champion.id());
        assertThat(done.points().isEmpty()).isFalse();
        assertThat(done.points().stream().anyMatch(point -> point.devMetrics() != null))
                .isTrue();
        assertThat(done.step()).isEqualTo(done.steps());
        assertThat(done.stage()).isEqualTo(RunStage.AWAITING_DECISION);
        assertThat(training.log(done.id(), 0))
                .extracting(TrainingRunView.LogLine::text)
                .anyMatch(line -> line.contains("learns from"))
                .anyMatch(line -> line.startsWith("step "));
        assertThat(done.metrics().at("/challenger/auc").isNumber())
                .as(() -> done.metrics().toString())
                .isTrue();
        assertThat(done.metrics().at("/champion/auc").isNumber()).isTrue();
        assertThat(done.metrics().at("/verdictText/en").asText()).contains("questions that neither has learned from");
        assertThat(done.metrics().at("/gate/questions").asInt())
                .isEqualTo(done.dataset().test() / 5);
        assertThat(done.metrics().at("/champion/finalMrr").asDouble()).isEqualTo(1);
        assertThat(done.metrics().at("/challenger/finalMrr").isNumber()).isTrue();

        models.promote(done.resultModel(), null);
        ModelVersionView serving = models.champion().orElseThrow();
        assertThat(serving.id()).isEqualTo(done.resultModel());
        JsonNode ranking =
                new ObjectMapper().readTree(Files.readString(serving.directory().resolve("ranking.json")));
        assertThat(ranking.get("threshold").asDouble()).isEqualTo(0.4);
        assertThat(ranking.at("/weights/memory").asDouble()).isEqualTo(2);
        assertThat(ranking.get("temperature").asDouble() > 0).isTrue();
        assertThat(Files.size(serving.directory().resolve("model.safetensors")) > 500_000)
                .isTrue();
        assertThat(hasWorkFolder(done.id())).isFalse();
    }

    @Test
    void a_run_is_cancelled_within_seconds() {
        UUID run = endlessRun();

        long asked = System.nanoTime();
        training.cancel(run);
        TrainingRunView done = until(run, now -> now.status().hasEnded());

        assertThat(done.status()).isEqualTo(RunState.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - asked).toSeconds() < 20).isTrue();
        // The server forgets a process that has ended.
        await().until(() -> workers.worker() == null || !workers.worker().isAlive());
        assertThat(hasWorkFolder(done.id())).isFalse();
    }

    @Test
    void a_run_whose_process_is_killed_goes_on_with_its_curve_and_is_given_back_when_the_server_stops_in_good_order() {
        UUID run = endlessRun();

        List<TrainingRunView.Point> before =
                until(run, TrainingWorkerTest::isEvaluated).points();
        workers.worker().handle().destroyForcibly();
        TrainingRunView again = until(
                run,
                now -> now.stage() == RunStage.TRAINING
                        && now.attempt() == 2
                        && now.points().size() > before.size());

        int evaluated = before.stream()
                .filter(point -> point.devMetrics() != null)
                .mapToInt(TrainingRunView.Point::step)
                .max()
                .orElseThrow();
        assertThat(again.points()).containsAll(upTo(evaluated, before));
        assertThat(again.points())
                .extracting(TrainingRunView.Point::step)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(training.log(run, 0))
                .extracting(TrainingRunView.LogLine::text)
                .anyMatch(line -> line.startsWith("The process of attempt 1 died"))
                .anyMatch(line -> line.startsWith("Goes on after step "));
        workers.atEnd(null);

        TrainingRunView waiting = training.run(run);
        assertThat(waiting.status()).isEqualTo(RunState.QUEUED);
        assertThat(waiting.attempt()).isEqualTo(1);
    }

    @Test
    void a_base_model_with_a_damaged_file_fails_the_run_by_the_name_of_the_file() throws IOException {
        lab.conversations(30);
        UUID run = training.start(TrainingService.MANUAL, null, QUICK, false).id();
        Files.writeString(champion.directory().resolve("tokenizer.json"), "{}");

        TrainingRunView done = until(run, now -> now.status().hasEnded());

        assertThat(done.status()).isEqualTo(RunState.FAILED);
        assertThat(done.errorCode()).isEqualTo("model-damaged");
        assertThat(done.error().contains("tokenizer.json has changed"))
                .as("%s", done.error())
                .isTrue();
        assertThat(done.error().contains("Reference ")).as("%s", done.error()).isTrue();
    }

    private static boolean isEvaluated(TrainingRunView run) {
        return run.points().stream().anyMatch(point -> point.devMetrics() != null);
    }

    private static List<TrainingRunView.Point> upTo(int step, List<TrainingRunView.Point> points) {
        return points.stream().filter(point -> point.step() <= step).toList();
    }

    private UUID endlessRun() {
        lab.conversations(30);
        UUID run = training.start(TrainingService.MANUAL, null, ENDLESS, false).id();
        until(run, now -> now.step() > 0);
        return run;
    }

    private TrainingRunView until(UUID run, Predicate<TrainingRunView> reached) {
        return await().atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            workers.wake();
                            return training.run(run);
                        },
                        reached);
    }

    private static void assertKeptSecret(WorkerLauncher.Worker worker) throws IOException {
        String password = TrainingLab.address().password();
        // ProcessHandle cuts long command lines short; Linux shows the whole.
        Path shown = Path.of("/proc", Long.toString(worker.handle().pid()), "cmdline");
        if (Files.exists(shown)) {
            String command = Files.readString(shown);
            assertThat(command.contains("--run")).isTrue();
            assertThat(command.contains(password)).isFalse();
        }
        assertThat(Files.readString(worker.log()).contains(password)).isFalse();
    }

    private boolean hasWorkFolder(UUID run) {
        return Files.exists(models.folder().resolve(".incoming-run-" + run));
    }

    private static final class WithLocalWorker implements TrainingConfig {
        @Override
        public boolean localWorker() {
            return true;
        }

        @Override
        public int minimumDecisions() {
            return 3;
        }

        @Override
        public Optional<Integer> minimumExamples() {
            return Optional.empty();
        }

        @Override
        public int minimumHeldOut() {
            return 1;
        }

        @Override
        public Duration deadAfter() {
            return Duration.ofSeconds(30);
        }

        @Override
        public int attempts() {
            return 3;
        }

        @Override
        public String workerHeap() {
            return "512m";
        }

        @Override
        public int nice() {
            return 0;
        }

        @Override
        public Duration standBackAfter() {
            return Duration.ofSeconds(1);
        }

        @Override
        public String scheduleCheck() {
            return "off";
        }

        @Override
        public Optional<Integer> threads() {
            return Optional.of(1);
        }
    }
}
