package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(240)
class RankerTest {
    private static final Path TWO_LABELS = Path.of("src/test/resources/reference/bert-2labels");
    private static final Path ONE_LABEL = Path.of("src/test/resources/reference/bert-1label-gelu-new");
    private static final List<Candidate> CANDIDATES = IntStream.range(0, 12)
            .mapToObj(i -> new Candidate(
                    new UUID(0, i),
                    1,
                    "t" + i,
                    "reply number " + i + " 你好".repeat(i),
                    null,
                    new Evidence(i / 12.0, 0.3, (i % 3) / 3.0)))
            .toList();

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Ranker ranker = new Ranker(new TestRanking(100_000, Duration.ofSeconds(30)), metrics);

    @AfterEach
    void close() {
        ranker.close();
    }

    @Test
    void without_a_model_the_first_stage_ranks_and_says_so() {
        Ranking ranking = ranker.rank("where is it", CANDIDATES);

        assertThat(ranking.by()).isEqualTo(RankedBy.NO_MODEL);
        assertThat(ranking.modelId()).isNull();
        assertThat(ranking.scored().stream().allMatch(scored -> scored.logit() == null))
                .isTrue();
        assertBestFirst(ranking);
    }

    @Test
    void the_model_scores_every_candidate_as_the_formula_says() {
        LoadedModel model = serve(TWO_LABELS, 4);

        Ranking ranking = ranker.rank("where is it", CANDIDATES);

        assertThat(ranking.by()).isEqualTo(RankedBy.CROSS_ENCODER);
        assertThat(ranking.modelNumber()).isEqualTo(4);
        assertThat(ranking.modelId()).isEqualTo(model.id());
        assertThat(ranking.scored().size()).isEqualTo(12);
        assertBestFirst(ranking);
        for (Scored scored : ranking.scored()) {
            Candidate candidate = scored.candidate();
            assertThat(scored.probability())
                    .isEqualTo(FinalScore.DEFAULTS.probability(scored.logit(), candidate.evidence()));
        }
        assertThat(ranking.scored().stream().map(Scored::logit).distinct().count() > 6)
                .as("the replies' texts are read")
                .isTrue();
    }

    @Test
    void a_model_that_cannot_serve_is_refused_before_the_one_that_serves_is_touched() {
        LoadedModel serving = serve(TWO_LABELS, 1);

        assertThatThrownBy(() -> ranker.open(version(Path.of("no/such/model"), 2)))
                .isInstanceOf(CheckpointException.class);
        assertThatThrownBy(() -> ranker.open(version(Path.of("src/test/resources/reference/bert-relu-3labels"), 3)))
                .isInstanceOf(UnusableModel.class);

        assertThat(ranker.rank("q", CANDIDATES).modelId()).isEqualTo(serving.id());
    }

    @Test
    void a_second_model_ranks_as_it_would_if_it_served() throws Exception {
        serve(ONE_LABEL, 1);
        Ranking unseen;
        try (SecondModel second = ranker.openSecond(version(TWO_LABELS, 2))) {
            unseen = second.rank("where is it", CANDIDATES, 12, Duration.ofMinutes(1))
                    .orElseThrow();
            Ranking some = second.rank("where is it", CANDIDATES, 5, Duration.ofMinutes(1))
                    .orElseThrow();
            assertThat(some.scored().stream().filter(scored -> scored.logit() != null))
                    .hasSize(5);
            assertThat(ranker.rank("where is it", CANDIDATES).modelNumber()).isEqualTo(1);
        }

        serve(TWO_LABELS, 2);
        Ranking served = ranker.rank("where is it", CANDIDATES);

        assertThat(unseen.modelNumber()).isEqualTo(2);
        assertThat(unseen.threshold()).isEqualTo(served.threshold());
        assertThat(unseen.scored().stream().map(scored -> scored.candidate().reply()))
                .containsExactlyElementsOf(served.scored().stream()
                        .map(scored -> scored.candidate().reply())
                        .toList());
        for (int i = 0; i < 12; i++) {
            assertThat(unseen.scored().get(i).probability())
                    .isCloseTo(served.scored().get(i).probability(), within(1e-5));
        }
    }

    @Test
    void a_second_model_that_is_closed_or_gets_no_time_ranks_nothing() throws Exception {
        SecondModel second = ranker.openSecond(version(TWO_LABELS, 2));
        assertThat(second.rank("where is it", CANDIDATES, 12, Duration.ZERO)).isEmpty();
        second.close();

        assertThat(second.rank("where is it", CANDIDATES, 12, Duration.ofMinutes(1)))
                .isEmpty();
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> ranker.openSecond(version(Path.of("no/such/model"), 2)))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_DAMAGED));
    }

    @Test
    void models_are_swapped_under_load_without_a_failed_or_mixed_up_request() throws Exception {
        Map<Long, Map<UUID, Double>> expected = Map.of(0L, logitsOf(TWO_LABELS), 1L, logitsOf(ONE_LABEL));
        List<LoadedModel> models = new ArrayList<>();
        models.add(serve(TWO_LABELS, 0));
        AtomicBoolean swapping = new AtomicBoolean(true);
        Map<Long, Integer> answersByModel = new ConcurrentHashMap<>();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        Callable<Integer> client = () -> {
            int answers = 0;
            while (swapping.get()) {
                Ranking ranking = ranker.rank("where is it", CANDIDATES);
                assertThat(ranking.by()).isEqualTo(RankedBy.CROSS_ENCODER);
                Map<UUID, Double> reference = expected.get(ranking.modelNumber() % 2);
                ranking.scored()
                        .forEach(scored -> assertThat(scored.logit())
                                .isCloseTo(reference.get(scored.candidate().reply()), within(1e-4)));
                answersByModel.merge(ranking.modelNumber(), 1, Integer::sum);
                answers++;
            }
            return answers;
        };
        List<Future<Integer>> running =
                IntStream.range(0, 4).mapToObj(i -> clients.submit(client)).toList();

        for (int number = 1; number <= 12; number++) {
            models.add(serve(number % 2 == 0 ? TWO_LABELS : ONE_LABEL, number));
            long current = number;
            while (!answersByModel.containsKey(current)) {
                assertThat(running.stream().noneMatch(Future::isDone))
                        .as("a client has failed")
                        .isTrue();
                Thread.onSpinWait();
            }
        }
        swapping.set(false);
        for (Future<Integer> each : running) {
            assertThat(each.get() > 0).isTrue();
        }
        clients.shutdown();

        assertThat(answersByModel.size()).isEqualTo(13);
        for (LoadedModel old : models.subList(0, 12)) {
            assertThat(old.isClosed())
                    .as("%s", "model " + old.number() + " is still open")
                    .isTrue();
        }
    }

    @Test
    void when_too_much_waits_the_first_stage_answers_at_once() throws Exception {
        ranker.close();
        ranker = new Ranker(new TestRanking(10, Duration.ofSeconds(30)), metrics);
        serve(TWO_LABELS, 1);
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Callable<Ranking>> calls = new ArrayList<>();
        IntStream.range(0, 64).forEach(i -> calls.add(() -> ranker.rank("question " + i, CANDIDATES)));

        Map<RankedBy, Integer> answers = new HashMap<>();
        for (Future<Ranking> answer : clients.invokeAll(calls)) {
            Ranking ranking = answer.get();
            assertThat(ranking.scored().size()).isEqualTo(12);
            assertBestFirst(ranking);
            answers.merge(ranking.by(), 1, Integer::sum);
        }
        clients.shutdown();

        assertThat(answers.get(RankedBy.CROSS_ENCODER)).isNotNull();
        assertThat(answers.get(RankedBy.QUEUE_FULL)).isNotNull();
        assertThat(answers.get(RankedBy.CROSS_ENCODER) + answers.get(RankedBy.QUEUE_FULL))
                .isEqualTo(64);
    }

    @Test
    void after_the_deadline_the_first_stage_answers() {
        ranker.close();
        ranker = new Ranker(new TestRanking(100_000, Duration.ZERO), metrics);
        serve(TWO_LABELS, 1);

        assertThat(ranker.rank("q", CANDIDATES).by()).isEqualTo(RankedBy.TOO_LATE);
    }

    @Test
    void under_pressure_only_the_most_promising_are_read_and_the_others_compete_with_what_the_first_stage_says() {
        ranker.close();
        ranker = new Ranker(new TestRanking(100_000, Duration.ofSeconds(30), Duration.ZERO, 5), metrics);
        serve(TWO_LABELS, 1);

        Ranking ranking = ranker.rank("where is it", CANDIDATES);

        assertThat(ranking.by()).isEqualTo(RankedBy.CROSS_ENCODER);
        assertThat(ranking.scored().size()).isEqualTo(12);
        assertBestFirst(ranking);
        assertThat(ranking.scored().stream()
                        .filter(scored -> scored.logit() != null)
                        .map(Scored::candidate)
                        .collect(Collectors.toSet()))
                .isEqualTo(CANDIDATES.stream()
                        .sorted(Comparator.comparingDouble(
                                candidate -> -FinalScore.FIRST_STAGE_ONLY.probability(null, candidate.evidence())))
                        .limit(5)
                        .collect(Collectors.toSet()));
        for (Scored scored : ranking.scored()) {
            if (scored.logit() == null) {
                Evidence evidence = scored.candidate().evidence();
                assertThat(scored.probability()).isEqualTo(FinalScore.FIRST_STAGE_ONLY.probability(null, evidence));
            }
        }
    }

    @Test
    void nothing_to_rank_is_ranked_too() {
        assertThat(ranker.rank("q", List.of()).scored()).isEqualTo(List.of());
        serve(TWO_LABELS, 1);
        assertThat(ranker.rank("q", List.of()).scored()).isEqualTo(List.of());
    }

    @Test
    void what_happens_is_measured() {
        serve(TWO_LABELS, 1);
        ranker.rank("q", CANDIDATES);

        assertThat(metrics.get("replyloop.ranking.latency")
                        .tag("by", "cross-encoder")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(metrics.get("replyloop.ranking.batch.pairs").summary().max()).isEqualTo(12);
    }

    private Map<UUID, Double> logitsOf(Path directory) {
        serve(directory, 99);
        Map<UUID, Double> logits = new HashMap<>();
        ranker.rank("where is it", CANDIDATES)
                .scored()
                .forEach(scored -> logits.put(scored.candidate().reply(), scored.logit()));
        return logits;
    }

    private LoadedModel serve(Path directory, long number) {
        LoadedModel model = ranker.open(version(directory, number));
        ranker.serve(model);
        return model;
    }

    private static ModelVersionView version(Path directory, long number) {
        return new ModelVersionView(UUID.randomUUID(), number, directory);
    }

    private static void assertBestFirst(Ranking ranking) {
        List<Scored> sorted = new ArrayList<>(ranking.scored());
        sorted.sort(Comparator.comparingDouble(Scored::probability).reversed());
        assertThat(ranking.scored().stream().map(Scored::probability).toList())
                .isEqualTo(sorted.stream().map(Scored::probability).toList());
    }
}
