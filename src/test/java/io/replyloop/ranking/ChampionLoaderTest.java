package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;

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
    void it_is_not_ready_before_the_first_attempt_is_over() {
        assertThat(readiness().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        loader.follow();
        assertThat(readiness().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(readiness().getData().orElseThrow().containsKey("problem")).isTrue();
    }

    @Test
    void the_promoted_model_serves() throws IOException {
        champion(1, "bert-2labels");
        loader.follow();

        assertThat(servingNumber()).isEqualTo(1);
        assertThat(loader.state().problem()).isNull();

        champion(2, "bert-1label-gelu-new");
        loader.follow();
        assertThat(servingNumber()).isEqualTo(2);
        assertThat(readiness().getData().orElseThrow().get("model")).isEqualTo(2L);
    }

    @Test
    void a_directory_with_a_file_missing_leaves_the_model_before_in_service() throws IOException {
        champion(1, "bert-2labels");
        loader.follow();
        ModelVersionView broken = champion(2, "bert-2labels");
        Files.delete(broken.directory().resolve("model.safetensors"));

        loader.follow();

        assertThat(servingNumber()).isEqualTo(1);
        assertThat(loader.state().model().number()).isEqualTo(1);
        assertThat(loader.state().problem().contains("model.safetensors"))
                .as("%s", loader.state().problem())
                .isTrue();
        assertThat(readiness().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void a_ranking_file_that_cannot_be_used_leaves_the_model_before_in_service() throws IOException {
        champion(1, "bert-2labels");
        loader.follow();
        ModelVersionView broken = champion(2, "bert-2labels");
        Files.writeString(broken.directory().resolve("ranking.json"), "{\"temperature\": -1}");

        loader.follow();

        assertThat(servingNumber()).isEqualTo(1);
        assertThat(loader.state().problem().contains("temperature"))
                .as("%s", loader.state().problem())
                .isTrue();
    }

    @Test
    void files_that_were_changed_after_registration_are_reported() {
        registry = () -> {
            throw new Problem(ProblemCode.MODEL_DAMAGED, "config.json is not what was registered");
        };

        loader.follow();

        assertThat(loader.state().problem()).isEqualTo("config.json is not what was registered");
        assertThat(ranker.rank("q", CANDIDATES).by()).isEqualTo(RankedBy.NO_MODEL);
    }

    @Test
    void a_broken_model_is_replaced_by_the_next_good_one() throws IOException {
        ModelVersionView broken = champion(1, "bert-2labels");
        Files.delete(broken.directory().resolve("config.json"));
        loader.follow();
        assertThat(loader.state().problem().isEmpty()).isFalse();

        champion(2, "bert-2labels");
        loader.follow();

        assertThat(servingNumber()).isEqualTo(2);
        assertThat(loader.state().problem()).isNull();
    }

    @Test
    void a_node_is_not_ready_before_it_understands_what_texts_mean() throws IOException {
        champion(1, "bert-2labels");
        loader.follow();

        assertThat(RankingReadiness.of(loader.state(), false).getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(readiness().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
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
