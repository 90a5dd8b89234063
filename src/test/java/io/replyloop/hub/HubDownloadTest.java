package io.replyloop.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        HubException refused = assertThrows(HubException.class, this::fetch);
        for (String part : parts) {
            assertTrue(refused.getMessage().contains(part), "'" + part + "' is not in: " + refused.getMessage());
        }
        assertEquals(Optional.empty(), HubDownload.present(downloads, model));
        return refused;
    }

    @Test
    void onlyWhatACheckpointNeedsIsFetched() throws IOException {
        Path folder = fetch();
        for (String name : new String[] {"config.json", "tokenizer.json", "model.safetensors"}) {
            assertArrayEquals(hub.files.get(name), Files.readAllBytes(folder.resolve(name)), name);
        }
        assertFalse(Files.exists(folder.resolve("pytorch_model.bin")), "a pickle was fetched");
        assertFalse(Files.exists(folder.resolve("model.pt")), "a program was fetched");
        assertEquals(0, hub.requestsFor("README.md"));
    }

    @Test
    void whatIsThereNeedsNoHub() {
        Path folder = fetch();
        hub.close();
        assertEquals(Optional.of(folder), HubDownload.present(downloads, model));
        assertEquals(folder, fetch());
    }

    @Test
    void aCutConnectionGoesOnWhereItEnded() throws IOException {
        hub.cutAfter = 30_000;
        Path folder = fetch();
        assertArrayEquals(hub.files.get("model.safetensors"), Files.readAllBytes(folder.resolve("model.safetensors")));
        assertEquals(4, hub.requestsFor("model.safetensors"));
        assertTrue(
                hub.requests.stream().anyMatch(request -> "bytes=60000-".equals(request.range())), "" + hub.requests);
    }

    @Test
    void aDownloadThatGaveUpGoesOnAtTheNextStart() throws IOException {
        hub.cutAfter = 1;
        hub.files.put("config.json", new byte[] {'x'});
        hub.files.put("tokenizer.json", new byte[] {'y'});
        HubOptions impatient = new HubOptions(hub.address(), null, 1, Duration.ofMillis(1), Duration.ofSeconds(5));
        assertThrows(HubException.class, () -> HubDownload.fetch(downloads, model, impatient, SILENT));
        hub.cutAfter = 0;
        hub.requests.clear();
        Path folder = fetch();
        assertArrayEquals(hub.files.get("model.safetensors"), Files.readAllBytes(folder.resolve("model.safetensors")));
        assertEquals("bytes=1-", hub.requests.get(1).range());
        assertEquals(0, hub.requestsFor("config.json"), "fetched again");
    }

    @Test
    void aServerWithoutRangesStartsOver() throws IOException {
        hub.cutAfter = 30_000;
        hub.knowsRanges = false;
        HubException gaveUp = assertThrows(HubException.class, () -> {
            HubOptions few = new HubOptions(hub.address(), null, 1, Duration.ofMillis(1), Duration.ofSeconds(5));
            HubDownload.fetch(downloads, model, few, SILENT);
        });
        assertTrue(gaveUp.getMessage().contains("kept"), gaveUp.getMessage());
        hub.cutAfter = 0;
        Path folder = fetch();
        assertArrayEquals(hub.files.get("model.safetensors"), Files.readAllBytes(folder.resolve("model.safetensors")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "tokenizer.json"})
    void aFileWithAnotherHashIsThrownAway(String name) throws IOException {
        byte[] other = random(hub.files.get(name).length + 1);
        hub.wrongHashes.put(
                name, name.endsWith("json") ? TestHub.hash("SHA-1", other) : TestHub.hash("SHA-256", other));
        assertRefused(name, "another hash");
        try (var left = Files.walk(downloads)) {
            assertFalse(left.anyMatch(path -> path.getFileName().toString().startsWith(name)), "something was kept");
        }
        hub.wrongHashes.clear();
        assertTrue(Files.exists(fetch().resolve(name)));
    }

    @Test
    void aBranchThatMovedOnIsNotMixedWithWhatWasFetchedBefore() throws IOException {
        hub.wrongHashes.put("model.safetensors", TestHub.hash("SHA-256", new byte[0]));
        assertRefused("another hash");
        hub.wrongHashes.clear();
        hub.commit = TestHub.COMMIT.replace('0', '9');
        hub.files.put("config.json", "{\"model_type\": \"roberta\"}".getBytes(StandardCharsets.UTF_8));
        assertArrayEquals(hub.files.get("config.json"), Files.readAllBytes(fetch().resolve("config.json")));
    }

    @Test
    void shardsAreFetchedWithTheirIndex() throws IOException {
        hub.files.remove("model.safetensors");
        hub.files.put(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"model-1.safetensors\", \"b\": \"model-2.safetensors\"}}"
                        .getBytes(StandardCharsets.UTF_8));
        hub.files.put("model-1.safetensors", random(1_000));
        hub.files.put("model-2.safetensors", random(2_000));
        Path folder = fetch();
        assertEquals(2_000, Files.size(folder.resolve("model-2.safetensors")));
        assertTrue(Files.exists(folder.resolve("model.safetensors.index.json")));
    }

    @Test
    void anIndexThatNamesAPathIsRefused() {
        hub.files.remove("model.safetensors");
        hub.files.put(
                "model.safetensors.index.json",
                "{\"weight_map\": {\"a\": \"../../model.safetensors\"}}".getBytes(StandardCharsets.UTF_8));
        assertRefused("no file beside it");
    }

    @Test
    void withoutSafetensorsTheHintNamesAWay() {
        hub.files.remove("model.safetensors");
        assertRefused("pytorch_model.bin", "refs/pr/1");
    }

    @Test
    void anUnknownModelIsNamed() {
        HubModel unknown = HubModel.parse("shop/other").orElseThrow();
        HubException refused =
                assertThrows(HubException.class, () -> HubDownload.fetch(downloads, unknown, hub.options(), SILENT));
        assertTrue(refused.getMessage().contains("shop/other@main"), refused.getMessage());
        assertTrue(refused.getMessage().contains("404"), refused.getMessage());
    }

    @Test
    void aModelWithTermsNeedsAToken() {
        hub.token = "secret";
        assertRefused("401", "none is set");
        assertEquals(1, hub.requests.size(), "tried again although that cannot help");
        HubException refused = assertThrows(
                HubException.class, () -> HubDownload.fetch(downloads, model, hub.options("wrong"), SILENT));
        assertTrue(refused.getMessage().contains("may not"), refused.getMessage());
        assertTrue(Files.exists(HubDownload.fetch(downloads, model, hub.options("secret"), SILENT)));
    }

    @Test
    void theTokenIsNotSentWhereTheHubRedirects() throws IOException {
        try (TestHub storage = new TestHub()) {
            storage.files.putAll(hub.files);
            hub.token = "secret";
            hub.elsewhere = storage.address();
            Path folder = HubDownload.fetch(downloads, model, hub.options("secret"), SILENT);
            assertTrue(Files.exists(folder.resolve("model.safetensors")));
            assertEquals(3, storage.requests.size());
            storage.requests.forEach(request -> assertNull(request.authorization(), request.path()));
        }
    }

    @Test
    void aRedirectInACircleEnds() {
        hub.elsewhere = hub.address();
        assertRefused("redirects more than");
    }

    @Test
    void aHubThatIsBusyIsAskedAgain() {
        hub.unavailable = 2;
        assertTrue(Files.exists(fetch().resolve("model.safetensors")));
    }

    @Test
    void withoutANetworkTheMessageSaysWhatToDo() {
        URI nobody = hub.address();
        hub.close();
        HubOptions options = new HubOptions(nobody, null, 2, Duration.ofMillis(1), Duration.ofSeconds(5));
        HubException offline =
                assertThrows(HubException.class, () -> HubDownload.fetch(downloads, model, options, SILENT));
        for (String part : new String[] {"no way to " + nobody, "name its directory instead", "model.safetensors"}) {
            assertTrue(offline.getMessage().contains(part), offline.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/models/mine", "./mine", "../mine", "a/b/c", "", "a/..", "a@", "a b", "https://x/y"})
    void whatIsNoIdIsNoModel(String text) {
        assertEquals(Optional.empty(), HubModel.parse(text));
    }

    @Test
    void anIdMayNameARevision() {
        assertEquals(
                new HubModel("bert-base-uncased", "main"),
                HubModel.parse("bert-base-uncased").orElseThrow());
        assertEquals(
                new HubModel("a/b.c", "refs/pr/1"),
                HubModel.parse("a/b.c@refs/pr/1").orElseThrow());
    }
}
