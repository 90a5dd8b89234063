package io.replyloop.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetching a checkpoint by its id, from a hub that is really asked over HTTP. */
class HubDownloadTest {
    private static final HubListener SILENT = new HubListener() {};

    @TempDir
    Path downloads;

    private final HubModel model = HubModel.parse(TestHub.ID).orElseThrow();
    private TestHub hub;

    @BeforeEach
    void aHubWithAModel() throws IOException {
        hub = new TestHub();
        hub.files.put("config.json", "{\"model_type\": \"bert\"}".getBytes(StandardCharsets.UTF_8));
        hub.files.put("tokenizer.json", "{}".getBytes(StandardCharsets.UTF_8));
        hub.files.put("model.safetensors", random(100_000));
        hub.files.put("pytorch_model.bin", random(100));
        hub.files.put("model.pt", random(100));
        hub.files.put("README.md", random(100));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private Path fetch() {
        return HubDownload.fetch(downloads, model, hub.options(), SILENT);
    }

    private HubException assertRefused(String... parts) {
        HubException refused = assertThatExceptionOfType(HubException.class)
                .isThrownBy(this::fetch)
                .actual();
        for (String part : parts) {
            assertThat(refused.getMessage().contains(part))
                    .as("%s", "'" + part + "' is not in: " + refused.getMessage())
                    .isTrue();
        }
        assertThat(HubDownload.present(downloads, model)).isEqualTo(Optional.empty());
        return refused;
    }

    @Test
    void only_what_a_checkpoint_needs_is_fetched() throws IOException {
        Path folder = fetch();
        for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
            assertThat(Files.readAllBytes(folder.resolve(name))).as("%s", name).isEqualTo(hub.files.get(name));
        }
        assertThat(Files.exists(folder.resolve("pytorch_model.bin")))
                .as("a pickle was fetched")
                .isFalse();
        assertThat(Files.exists(folder.resolve("model.pt")))
                .as("a program was fetched")
                .isFalse();
        assertThat(hub.requestsFor("README.md")).isEqualTo(0);
    }

    @Test
    void what_is_there_needs_no_hub() {
        Path folder = fetch();
        hub.close();
        assertThat(HubDownload.present(downloads, model)).isEqualTo(Optional.of(folder));
        assertThat(fetch()).isEqualTo(folder);
    }

    @Test
    void a_cut_connection_goes_on_where_it_ended() throws IOException {
        hub.cutAfter = 30_000;
        Path folder = fetch();
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        assertThat(hub.requestsFor("model.safetensors")).isEqualTo(4);
        assertThat(hub.requests.stream().anyMatch(request -> "bytes=60000-".equals(request.range())))
                .as("%s", hub.requests)
                .isTrue();
    }

    @Test
    void a_download_that_gave_up_goes_on_at_the_next_start() throws IOException {
        hub.cutAfter = 1;
        hub.files.put("config.json", new byte[] {'x'});
        hub.files.put("tokenizer.json", new byte[] {'y'});
        HubOptions impatient = new HubOptions(hub.address(), null, 1, Duration.ofMillis(1), Duration.ofSeconds(5));
        assertThatThrownBy(() -> HubDownload.fetch(downloads, model, impatient, SILENT))
                .isInstanceOf(HubException.class);
        hub.cutAfter = 0;
        hub.requests.clear();
        Path folder = fetch();
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
        assertThat(hub.requests.get(1).range()).isEqualTo("bytes=1-");
        assertThat(hub.requestsFor("config.json")).as("fetched again").isEqualTo(0);
    }

    @Test
    void a_server_without_ranges_starts_over() throws IOException {
        hub.cutAfter = 30_000;
        hub.knowsRanges = false;
        HubException gaveUp = assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> {
                    HubOptions few =
                            new HubOptions(hub.address(), null, 1, Duration.ofMillis(1), Duration.ofSeconds(5));
                    HubDownload.fetch(downloads, model, few, SILENT);
                })
                .actual();
        assertThat(gaveUp.getMessage().contains("kept"))
                .as("%s", gaveUp.getMessage())
                .isTrue();
        hub.cutAfter = 0;
        Path folder = fetch();
        assertThat(Files.readAllBytes(folder.resolve("model.safetensors")))
                .isEqualTo(hub.files.get("model.safetensors"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "tokenizer.json"})
    void a_file_with_another_hash_is_thrown_away(String name) throws IOException {
        byte[] other = random(hub.files.get(name).length + 1);
        hub.wrongHashes.put(
                name, name.endsWith("json") ? TestHub.hash("SHA-1", other) : TestHub.hash("SHA-256", other));
        assertRefused(name, "another hash");
        try (var left = Files.walk(downloads)) {
            assertThat(left.anyMatch(path -> path.getFileName().toString().startsWith(name)))
                    .as("something was kept")
                    .isFalse();
        }
        hub.wrongHashes.clear();
        assertThat(Files.exists(fetch().resolve(name))).isTrue();
    }

    @Test
    void a_branch_that_moved_on_is_not_mixed_with_what_was_fetched_before() throws IOException {
        hub.wrongHashes.put("model.safetensors", TestHub.hash("SHA-256", new byte[0]));
        assertRefused("another hash");
        hub.wrongHashes.clear();
        hub.commit = TestHub.COMMIT.replace('0', '9');
        hub.files.put("config.json", "{\"model_type\": \"roberta\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(Files.readAllBytes(fetch().resolve("config.json"))).isEqualTo(hub.files.get("config.json"));
    }

    @Test
    void shards_are_fetched_with_their_index() throws IOException {
        hub.files.remove("model.safetensors");
        hub.files.put(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"model-1.safetensors\", \"b\": \"model-2.safetensors\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        hub.files.put("model-1.safetensors", random(1_000));
        hub.files.put("model-2.safetensors", random(2_000));
        Path folder = fetch();
        assertThat(Files.size(folder.resolve("model-2.safetensors"))).isEqualTo(2_000);
        assertThat(Files.exists(folder.resolve("model.safetensors.index.json"))).isTrue();
    }

    @Test
    void an_index_that_names_a_path_is_refused() {
        hub.files.remove("model.safetensors");
        hub.files.put(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"../../model.safetensors\"}}".getBytes(StandardCharsets.UTF_8));
        assertRefused("no file beside it");
    }

    @Test
    void without_safetensors_the_hint_names_a_way() {
        hub.files.remove("model.safetensors");
        assertRefused("pytorch_model.bin", "refs/pr/1");
    }

    @Test
    void an_unknown_model_is_named() {
        HubModel unknown = HubModel.parse("shop/other").orElseThrow();
        HubException refused = assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> HubDownload.fetch(downloads, unknown, hub.options(), SILENT))
                .actual();
        assertThat(refused.getMessage().contains("shop/other@main"))
                .as("%s", refused.getMessage())
                .isTrue();
        assertThat(refused.getMessage().contains("404"))
                .as("%s", refused.getMessage())
                .isTrue();
    }

    @Test
    void a_model_with_terms_needs_a_token() {
        hub.token = "secret";
        assertRefused("401", "none is set");
        assertThat(hub.requests.size())
                .as("tried again although that cannot help")
                .isEqualTo(1);
        HubException refused = assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> HubDownload.fetch(downloads, model, hub.options("wrong"), SILENT))
                .actual();
        assertThat(refused.getMessage().contains("may not"))
                .as("%s", refused.getMessage())
                .isTrue();
        assertThat(Files.exists(HubDownload.fetch(downloads, model, hub.options("secret"), SILENT)))
                .isTrue();
    }

    @Test
    void the_token_is_not_sent_where_the_hub_redirects() throws IOException {
        try (TestHub storage = new TestHub()) {
            storage.files.putAll(hub.files);
            hub.token = "secret";
            hub.elsewhere = storage.address();
            Path folder = HubDownload.fetch(downloads, model, hub.options("secret"), SILENT);
            assertThat(Files.exists(folder.resolve("model.safetensors"))).isTrue();
            assertThat(storage.requests.size()).isEqualTo(3);
            storage.requests.forEach(request ->
                    assertThat(request.authorization()).as("%s", request.path()).isNull());
        }
    }

    @Test
    void a_redirect_in_a_circle_ends() {
        hub.elsewhere = hub.address();
        assertRefused("redirects more than");
    }

    @Test
    void a_hub_that_is_busy_is_asked_again() {
        hub.unavailable = 2;
        assertThat(Files.exists(fetch().resolve("model.safetensors"))).isTrue();
    }

    @Test
    void without_a_network_the_message_says_what_to_do() {
        URI nobody = hub.address();
        hub.close();
        HubOptions options = new HubOptions(nobody, null, 2, Duration.ofMillis(1), Duration.ofSeconds(5));
        HubException offline = assertThatExceptionOfType(HubException.class)
                .isThrownBy(() -> HubDownload.fetch(downloads, model, options, SILENT))
                .actual();
        for (String part : new String[] {"no way to " + nobody, "name its directory instead", "model.safetensors"}) {
            assertThat(offline.getMessage().contains(part))
                    .as("%s", offline.getMessage())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models/mine", "./mine", "../mine", "a/b/c", "", "a/..", "a@", "a b", "https://x/y"})
    void what_is_no_id_is_no_model(String text) {
        assertThat(HubModel.parse(text)).isEqualTo(Optional.empty());
    }

    @Test
    void an_id_may_name_a_revision() {
        assertThat(HubModel.parse("bert-base-uncased").orElseThrow())
                .isEqualTo(new HubModel("bert-base-uncased", "main"));
        assertThat(HubModel.parse("a/b.c@refs/pr/1").orElseThrow()).isEqualTo(new HubModel("a/b.c", "refs/pr/1"));
    }
}
