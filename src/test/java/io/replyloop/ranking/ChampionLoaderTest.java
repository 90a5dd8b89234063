package io.replyloop.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replyloop.model.ModelVersionView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.retrieval.Candidate;
import io.replyloop.retrieval.Evidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class ChampionLoaderTest {
    private static final List<Candidate> CANDIDATES =
            List.of(new Candidate(UUID.randomUUID(), 1, "title", "text", null, new Evidence(1, 0, 0)));

    private final Ranker ranker =
            new Ranker(new TestRanking(100_000, Duration.ofSeconds(30)), new SimpleMeterRegistry());
    private Supplier<Optional<ModelVersionView>> registry = Optional::empty;

    @TempDir
    Path folder;

    private ChampionLoader loader;

    @BeforeEach
    void start() {
        EarlyModel early = new EarlyModel(folder, ranker.options(), Runnable::run);
        loader = new ChampionLoader(() -> registry.get(), ranker, early);
    }

    @AfterEach
    void close() {
        loader.atEnd(null);
        ranker.close();
    }

    @Test
    void itIsNotReadyBeforeTheFirstAttemptIsOver() {
        assertEquals(HealthCheckResponse.Status.DOWN, readiness().getStatus());
        loader.follow();
        assertEquals(HealthCheckResponse.Status.UP, readiness().getStatus());
        assertTrue(readiness().getData().orElseThrow().containsKey("problem"));
    }

    @Test
    void thePromotedModelServes() throws IOException {
        champion(1, "bert-2labels");
        loader.follow();

        assertEquals(1, servingNumber());
        assertNull(loader.state().problem());

        champion(2, "bert-1label-gelu-new");
        loader.follow();
        assertEquals(2, servingNumber());
        assertEquals(2L, readiness().getData().orElseThrow().get("model"));
    }

    @Test
    void aDirectoryWithAFileMissingLeavesTheModelBeforeInService() throws IOException {
        champion(1, "bert-2labels");
        loader.follow();
        ModelVersionView broken = champion(2, "bert-2labels");
        Files.delete(broken.directory().resolve("model.safetensors"));

        loader.follow();

        assertEquals(1, servingNumber());
        assertEquals(1, loader.state().model().number());
        assertTrue(
                loader.state().problem().contains("model.safetensors"),
                loader.state().problem());
        assertEquals(HealthCheckResponse.Status.UP, readiness().getStatus());
    }

    @Test
    void aRankingFileThatCannotBeUsedLeavesTheModelBeforeInService() throws IOException {
        champion(1, "bert-2labels");
        loader.follow();
        ModelVersionView broken = champion(2, "bert-2labels");
        Files.writeString(broken.directory().resolve("ranking.json"), "{\"temperature\": -1}");

        loader.follow();

        assertEquals(1, servingNumber());
        assertTrue(
                loader.state().problem().contains("temperature"), loader.state().problem());
    }

    @Test
    void filesThatWereChangedAfterRegistrationAreReported() {
        registry = () -> {
            throw new Problem(ProblemCode.MODEL_DAMAGED, "config.json is not what was registered");
        };

        loader.follow();

        assertEquals("config.json is not what was registered", loader.state().problem());
        assertEquals(RankedBy.NO_MODEL, ranker.rank("q", CANDIDATES).by());
    }

    @Test
    void aBrokenModelIsReplacedByTheNextGoodOne() throws IOException {
        ModelVersionView broken = champion(1, "bert-2labels");
        Files.delete(broken.directory().resolve("config.json"));
        loader.follow();
        assertFalse(loader.state().problem().isEmpty());

        champion(2, "bert-2labels");
        loader.follow();

        assertEquals(2, servingNumber());
        assertNull(loader.state().problem());
    }

    @Test
    void aNodeIsNotReadyBeforeItUnderstandsWhatTextsMean() throws IOException {
        champion(1, "bert-2labels");
        loader.follow();

        assertEquals(
                HealthCheckResponse.Status.DOWN,
                RankingReadiness.of(loader.state(), false).getStatus());
        assertEquals(HealthCheckResponse.Status.UP, readiness().getStatus());
    }

    private long servingNumber() {
        return ranker.rank("q", CANDIDATES).modelNumber();
    }

    private HealthCheckResponse readiness() {
        return RankingReadiness.of(loader.state(), true);
    }

    private ModelVersionView champion(long number, String reference) throws IOException {
        Path directory = Files.createDirectory(folder.resolve("model-" + number));
        try (var files = Files.list(Path.of("src/test/resources/reference", reference))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(file.getFileName()));
            }
        }
        ModelVersionView version = new ModelVersionView(UUID.randomUUID(), number, directory);
        registry = () -> Optional.of(version);
        return version;
    }
}
