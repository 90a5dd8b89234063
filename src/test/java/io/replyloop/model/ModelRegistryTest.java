package io.replyloop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.hub.HubDownload;
import io.replyloop.hub.HubModel;
import io.replyloop.hub.TestHub;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class ModelRegistryTest {
    @Inject
    ModelRegistry registry;

    @Inject
    StartingModel startingModel;

    @Inject
    ChampionWatch watch;

    @Inject
    ChampionLog log;

    @Inject
    EntityManager database;

    @TempDir
    Path elsewhere;

    private TestModels models;

    @BeforeEach
    void remember() {
        models = new TestModels(registry, database);
        // What the test before has put back is news to the watch, which otherwise tells it in the middle of this one.
        watch.look();
        log.announced().clear();
    }

    @AfterEach
    void putBackWhatServed() {
        models.cleanUp();
    }

    @Test
    void a_promoted_version_serves_and_is_announced_once() {
        ModelVersionView model = models.registered();

        registry.promote(model.id(), null);
        registry.promote(model.id(), null);

        assertThat(registry.champion().orElseThrow()).isEqualTo(model);
        assertThat(log.announced()).isEqualTo(List.of(model.id()));
        assertThat(models.promotionsOf(model.id())).isEqualTo(1);
    }

    @Test
    void rolling_back_is_one_more_promotion() {
        ModelVersionView first = models.registered();
        ModelVersionView second = models.registered();

        registry.promote(first.id(), null);
        registry.promote(second.id(), null);
        registry.promote(first.id(), null);

        assertThat(registry.champion().orElseThrow()).isEqualTo(first);
        assertThat(models.promotionsOf(first.id())).isEqualTo(2);
        assertThat(log.announced()).isEqualTo(List.of(first.id(), second.id(), first.id()));
    }

    @Test
    void a_damaged_version_is_refused_by_the_name_of_its_file_and_what_serves_goes_on() throws IOException {
        ModelVersionView serving = models.registered();
        ModelVersionView damaged = models.registered();
        registry.promote(serving.id(), null);
        Files.delete(damaged.directory().resolve("model.safetensors"));

        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> registry.promote(damaged.id(), null))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_DAMAGED);
        assertThat(problem.getMessage().contains("model.safetensors is missing"))
                .as("%s", problem.getMessage())
                .isTrue();
        assertThat(registry.champion().orElseThrow()).isEqualTo(serving);
        assertThat(models.promotionsOf(damaged.id())).isEqualTo(0);
    }

    @Test
    void a_champion_that_was_damaged_afterwards_is_not_handed_out() throws IOException {
        ModelVersionView model = models.registered();
        registry.promote(model.id(), null);
        Files.writeString(model.directory().resolve("config.json"), "{\"hidden_size\": 9}");

        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(registry::champion)
                .actual();

        assertThat(problem.getMessage().contains("config.json has changed"))
                .as("%s", problem.getMessage())
                .isTrue();
    }

    @Test
    void promotions_at_the_same_time_are_all_kept_and_one_serves() {
        List<ModelVersionView> versions =
                IntStream.range(0, 4).mapToObj(i -> models.registered()).toList();

        CompletableFuture.allOf(versions.stream()
                        .map(version -> CompletableFuture.runAsync(() -> registry.promote(version.id(), null)))
                        .toArray(CompletableFuture[]::new))
                .join();

        versions.forEach(
                version -> assertThat(models.promotionsOf(version.id())).isEqualTo(1));
        assertThat(registry.championId().orElseThrow())
                .isEqualTo(log.announced().get(log.announced().size() - 1));
        assertThat(registry.champion().isPresent()).isTrue();
    }

    @Test
    void a_promotion_by_another_node_is_seen() {
        ModelVersionView model = models.registered();
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeQuery("insert into model_promotion (model_id) values (:model)")
                        .setParameter("model", model.id())
                        .executeUpdate());

        await().until(() -> log.announced().contains(model.id()));

        assertThat(log.announced()).isEqualTo(List.of(model.id()));
    }

    @Test
    void the_same_model_to_start_with_is_installed_once_and_repaired_when_a_file_is_lost() throws IOException {
        List<Path> before = unfinished();
        Path base = models.files(elsewhere.resolve("base"));
        Files.writeString(base.resolve("pytorch_model.bin"), "a pickle stays behind");
        ModelSource source = ModelSource.directory(base);

        ModelVersionView first = startingModel.ensureInstalled(source);
        models.cleanUpAfter(first);
        Files.delete(first.directory().resolve("model.safetensors"));
        ModelVersionView again = startingModel.ensureInstalled(source);

        assertThat(again).isEqualTo(first);
        assertThat(Files.exists(first.directory().resolve("model.safetensors"))).isTrue();
        assertThat(Files.exists(first.directory().resolve("pytorch_model.bin"))).isFalse();
        assertThat(unfinished()).isEqualTo(before);
    }

    /** Hidden directories only: a champion that is loaded meanwhile leaves a hidden file, and rightly so. */
    private List<Path> unfinished() throws IOException {
        try (Stream<Path> entries = Files.list(registry.folder())) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(".") && Files.isDirectory(entry))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_model_that_a_person_chose_is_never_replaced_by_the_application() {
        UUID agent = models.agent();
        ModelVersionView chosen = models.registered();
        ModelVersionView base = models.registered();

        registry.promote(chosen.id(), agent);

        assertThat(registry.promoteIfNobodyChose(base.id(), true)).isFalse();
        assertThat(registry.championId().orElseThrow()).isEqualTo(chosen.id());
    }

    @Test
    void a_named_base_replaces_what_the_application_itself_had_promoted() {
        ModelVersionView builtIn = models.registered();
        ModelVersionView base = models.registered();
        registry.promote(builtIn.id(), null);

        assertThat(registry.promoteIfNobodyChose(base.id(), false)).isFalse();
        assertThat(registry.promoteIfNobodyChose(base.id(), true)).isTrue();
        assertThat(registry.championId().orElseThrow()).isEqualTo(base.id());
    }

    @Test
    void the_built_in_model_of_a_new_release_serves_where_nobody_has_chosen_another() throws IOException {
        ModelVersionView ofLastRelease = models.registered();
        registry.promote(ofLastRelease.id(), null);

        ModelVersionView next =
                startingModel.useBuiltIn(ModelSource.directory(models.files(elsewhere.resolve("next"))));
        models.cleanUpAfter(next);

        assertThat(registry.championId().orElseThrow()).isEqualTo(next.id());

        registry.promote(ofLastRelease.id(), models.agent());
        ModelVersionView afterNext =
                startingModel.useBuiltIn(ModelSource.directory(models.files(elsewhere.resolve("after-next"))));
        models.cleanUpAfter(afterNext);

        assertThat(registry.championId().orElseThrow()).isEqualTo(ofLastRelease.id());
    }

    @Test
    void a_base_that_no_network_can_be_read_from_changes_nothing() throws IOException {
        ModelVersionView serving = models.registered();
        registry.promote(serving.id(), null);
        int known = registry.versions().size();

        startingModel.useBase(models.files(elsewhere.resolve("base")).toString());
        startingModel.useBase(elsewhere.resolve("google/bert").toString());

        assertThat(registry.championId().orElseThrow()).isEqualTo(serving.id());
        assertThat(registry.versions().size()).isEqualTo(known);
    }

    @Test
    void a_named_checkpoint_is_read_installed_and_serves() {
        registry.promote(models.registered().id(), null);

        startingModel.useBase("src/test/resources/reference/bert-1label-gelu-new");

        ModelVersionView serving = registry.champion().orElseThrow();
        models.cleanUpAfter(serving);
        assertThat(serving.directory().getFileName().toString().startsWith("import-"))
                .isTrue();
        assertThat(Files.exists(serving.directory().resolve("tokenizer.json"))).isTrue();
    }

    @Test
    void a_named_checkpoint_whose_figures_cannot_be_used_changes_nothing(@TempDir Path elsewhere) throws IOException {
        registry.promote(models.registered().id(), null);
        UUID serving = registry.championId().orElseThrow();
        int known = registry.versions().size();
        for (Path file : filesOf(Path.of("src/test/resources/reference/bert-1label-gelu-new"))) {
            Files.copy(file, elsewhere.resolve(file.getFileName()));
        }
        Files.writeString(elsewhere.resolve("ranking.json"), "{\"said\": {\"slope\": 0}}");

        startingModel.useBase(elsewhere.toString());

        assertThat(registry.championId().orElseThrow()).isEqualTo(serving);
        assertThat(registry.versions().size()).isEqualTo(known);
    }

    @Test
    void a_model_whose_figures_cannot_be_used_is_not_promoted() throws IOException {
        UUID serving = models.registered().id();
        registry.promote(serving, null);
        ModelDirectory.Installed installed = ModelDirectory.install(
                registry.folder(),
                "unusable-" + UUID.randomUUID().toString().substring(0, 8),
                directory -> Files.writeString(directory.resolve("ranking.json"), "{\"temperature\": 1e-300}"));
        ModelVersionView unusable = registry.register("import", null, installed, null);
        models.cleanUpAfter(unusable);

        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> registry.promote(unusable.id(), null))
                .actual();

        assertThat(problem.code()).isEqualTo(ProblemCode.MODEL_DAMAGED);
        assertThat(problem.getMessage().contains("temperature must be"))
                .as("%s", problem.getMessage())
                .isTrue();
        assertThat(registry.championId().orElseThrow()).isEqualTo(serving);
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void a_checkpoint_named_by_its_id_is_fetched_in_the_background_and_serves() throws IOException {
        UUID before = models.registered().id();
        registry.promote(before, null);
        HubModel model = HubModel.parse(TestHub.ID).orElseThrow();
        Path fetched = HubDownload.folder(registry.folder().resolve(".hub"), model);
        try (TestHub hub = new TestHub()) {
            hub.offer(Path.of("src/test/resources/reference/bert-1label-gelu-new"));

            new StartingModel(registry, watch, new HubSettings(hub.address())).useBase(TestHub.ID);

            await().until(() -> !registry.championId().orElseThrow().equals(before));
        } finally {
            ModelDirectory.delete(fetched);
        }
        ModelVersionView serving = registry.champion().orElseThrow();
        models.cleanUpAfter(serving);
        assertThat(Files.exists(serving.directory().resolve("model.safetensors")))
                .isTrue();
    }

    private record HubSettings(URI address) implements ModelConfig, ModelConfig.Hub {
        @Override
        public Optional<String> base() {
            return Optional.empty();
        }

        @Override
        public Hub hub() {
            return this;
        }

        @Override
        public Optional<String> token() {
            return Optional.empty();
        }

        @Override
        public boolean allowTorchscript() {
            return false;
        }

        @Override
        public Optional<Path> directory() {
            return Optional.empty();
        }

        @Override
        public String builtIn() {
            return "models/default";
        }
    }

    @Test
    void a_base_that_is_no_directory_is_refused_with_what_to_do() {
        IOException failure = assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> ModelSource.directory(elsewhere.resolve("google/bert")))
                .actual();

        assertThat(failure.getMessage().contains("replyloop.model.base must name a directory"))
                .isTrue();
    }
}
