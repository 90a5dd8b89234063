package io.replyloop.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.model.ModelVersionView;
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
    void withoutAModelTheFirstStageRanksAndSaysSo() {
        Ranking ranking = ranker.rank("where is it", CANDIDATES);

        assertEquals(RankedBy.NO_MODEL, ranking.by());
        assertNull(ranking.modelId());
        assertTrue(ranking.scored().stream().allMatch(scored -> scored.logit() == null));
        assertBestFirst(ranking);
    }

    @Test
    void theModelScoresEveryCandidateAsTheFormulaSays() {
        LoadedModel model = serve(TWO_LABELS, 4);

        Ranking ranking = ranker.rank("where is it", CANDIDATES);

        assertEquals(RankedBy.CROSS_ENCODER, ranking.by());
        assertEquals(4, ranking.modelNumber());
        assertEquals(model.id(), ranking.modelId());
        assertEquals(12, ranking.scored().size());
        assertBestFirst(ranking);
        for (Scored scored : ranking.scored()) {
            Candidate candidate = scored.candidate();
            assertEquals(FinalScore.DEFAULTS.probability(scored.logit(), candidate.evidence()), scored.probability());
        }
        assertTrue(ranking.scored().stream().map(Scored::logit).distinct().count() > 6, "the replies' texts are read");
    }

    @Test
    void aModelThatCannotServeIsRefusedBeforeTheOneThatServesIsTouched() {
        LoadedModel serving = serve(TWO_LABELS, 1);

        assertThrows(CheckpointException.class, () -> ranker.open(version(Path.of("no/such/model"), 2)));
        assertThrows(
                UnusableModel.class,
                () -> ranker.open(version(Path.of("src/test/resources/reference/bert-relu-3labels"), 3)));

        assertEquals(serving.id(), ranker.rank("q", CANDIDATES).modelId());
    }

    @Test
    void modelsAreSwappedUnderLoadWithoutAFailedOrMixedUpRequest() throws Exception {
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
                assertEquals(RankedBy.CROSS_ENCODER, ranking.by());
                Map<UUID, Double> reference = expected.get(ranking.modelNumber() % 2);
                ranking.scored()
                        .forEach(scored ->
                                assertEquals(reference.get(scored.candidate().reply()), scored.logit(), 1e-4));
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
                assertTrue(running.stream().noneMatch(Future::isDone), "a client has failed");
                Thread.onSpinWait();
            }
        }
        swapping.set(false);
        for (Future<Integer> each : running) {
            assertTrue(each.get() > 0);
        }
        clients.shutdown();

        assertEquals(13, answersByModel.size());
        for (LoadedModel old : models.subList(0, 12)) {
            assertTrue(old.isClosed(), "model " + old.number() + " is still open");
        }
    }

    @Test
    void whenTooMuchWaitsTheFirstStageAnswersAtOnce() throws Exception {
        ranker.close();
        ranker = new Ranker(new TestRanking(10, Duration.ofSeconds(30)), metrics);
        serve(TWO_LABELS, 1);
        ExecutorService clients = Executors.newFixedThreadPool(8);
        List<Callable<Ranking>> calls = new ArrayList<>();
        IntStream.range(0, 64).forEach(i -> calls.add(() -> ranker.rank("question " + i, CANDIDATES)));

        Map<RankedBy, Integer> answers = new HashMap<>();
        for (Future<Ranking> answer : clients.invokeAll(calls)) {
            Ranking ranking = answer.get();
            assertEquals(12, ranking.scored().size());
            assertBestFirst(ranking);
            answers.merge(ranking.by(), 1, Integer::sum);
        }
        clients.shutdown();

        assertNotNull(answers.get(RankedBy.CROSS_ENCODER));
        assertNotNull(answers.get(RankedBy.QUEUE_FULL));
        assertEquals(64, answers.get(RankedBy.CROSS_ENCODER) + answers.get(RankedBy.QUEUE_FULL));
    }

    @Test
    void afterTheDeadlineTheFirstStageAnswers() {
        ranker.close();
        ranker = new Ranker(new TestRanking(100_000, Duration.ZERO), metrics);
        serve(TWO_LABELS, 1);

        assertEquals(RankedBy.TOO_LATE, ranker.rank("q", CANDIDATES).by());
    }

    @Test
    void underPressureOnlyTheMostPromisingAreReadAndTheOthersCompeteWithWhatTheFirstStageSays() {
        ranker.close();
        ranker = new Ranker(new TestRanking(100_000, Duration.ofSeconds(30), Duration.ZERO, 5), metrics);
        serve(TWO_LABELS, 1);

        Ranking ranking = ranker.rank("where is it", CANDIDATES);

        assertEquals(RankedBy.CROSS_ENCODER, ranking.by());
        assertEquals(12, ranking.scored().size());
        assertBestFirst(ranking);
        assertEquals(
                CANDIDATES.stream()
                        .sorted(Comparator.comparingDouble(
                                candidate -> -FinalScore.FIRST_STAGE_ONLY.probability(null, candidate.evidence())))
                        .limit(5)
                        .collect(Collectors.toSet()),
                ranking.scored().stream()
                        .filter(scored -> scored.logit() != null)
                        .map(Scored::candidate)
                        .collect(Collectors.toSet()));
        for (Scored scored : ranking.scored()) {
            if (scored.logit() == null) {
                Evidence evidence = scored.candidate().evidence();
                assertEquals(FinalScore.FIRST_STAGE_ONLY.probability(null, evidence), scored.probability());
            }
        }
    }

    @Test
    void nothingToRankIsRankedToo() {
        assertEquals(List.of(), ranker.rank("q", List.of()).scored());
        serve(TWO_LABELS, 1);
        assertEquals(List.of(), ranker.rank("q", List.of()).scored());
    }

    @Test
    void whatHappensIsMeasured() {
        serve(TWO_LABELS, 1);
        ranker.rank("q", CANDIDATES);

        assertEquals(
                1,
                metrics.get("replyloop.ranking.latency")
                        .tag("by", "cross-encoder")
                        .timer()
                        .count());
        assertEquals(12, metrics.get("replyloop.ranking.batch.pairs").summary().max());
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
        assertEquals(
                sorted.stream().map(Scored::probability).toList(),
                ranking.scored().stream().map(Scored::probability).toList());
    }
}
