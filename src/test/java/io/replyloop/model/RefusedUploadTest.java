package io.replyloop.model;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.describedAs;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.bert.checkpoint.Head;
import io.replyloop.identity.Role;
import io.replyloop.platform.Json;
import io.replyloop.signin.Team;
import io.replyloop.training.TrainingLab;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class RefusedUploadTest {
    @Inject
    TrainingLab lab;

    @Inject
    ModelRegistry models;

    @Inject
    Team team;

    @TempDir
    Path folder;

    private Team.Member admin;

    @BeforeEach
    void setUp() {
        lab.setUp();
        admin = team.newMember(Role.ADMIN);
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void what_cannot_rank_is_refused_with_the_reason_and_leaves_nothing() throws IOException {
        Map<String, byte[]> whole = Archives.checkpoint("bert-2labels");
        byte[] weights = whole.get("model.safetensors");
        List<Path> before = versions();

        refused(Archives.zip(Map.of("tokenizer.json", whole.get("tokenizer.json"))), "config.json is missing");
        refused(
                Archives.zip(Archives.with(whole, "model.safetensors", Arrays.copyOf(weights, weights.length / 2))),
                "model.safetensors");
        refused(Archives.zip(Archives.checkpoint("bert-relu-3labels")), "one label or two, and this one has 3");
        refused(
                Archives.zip(
                        Archives.with(whole, "ranking.json", "{\"temperature\": -1}".getBytes(StandardCharsets.UTF_8))),
                "temperature");
        refused(
                Archives.zip(Archives.with(whole, "config.json", with(whole, "num_attention_heads", 1_000_000_000))),
                "num_attention_heads");
        refused(
                Archives.zip(Archives.with(whole, "config.json", with(whole, "vocab_size", 1_000_000))),
                "vocab_size is 1000000, and the weights have ");
        refused(Archives.zip(Map.of("../../evil.json", weights)), "leads elsewhere");
        refused(Archives.zip(Archives.with(whole, "model.safetensors", zeros(weights))), "the same score");
        refused(
                Archives.zip(Archives.with(whole, "model.safetensors", withoutHead(whole))),
                "The head that scores is missing (classifier.weight, classifier.bias)");
        refused(Archives.zip(Archives.with(whole, "config.json", new byte[(1 << 20) + 1])), "has more than 1 MiB");
        byte[] many = ("[" + "[],".repeat(800_000) + "[]]").getBytes(StandardCharsets.UTF_8);
        refused(Archives.zip(Archives.with(whole, "tokenizer.json", many)), "more entries than the vocabulary");
        refused(
                Archives.zip(
                        Archives.with(whole, "vocab.txt", "\n".repeat(600_001).getBytes(StandardCharsets.UTF_8))),
                "more than 600000 lines");
        refused(
                Archives.zip(Archives.with(whole, "model.safetensors", new byte[] {0, 0, 0, 0, 1, 0, 0, 0})),
                "claims a header of more than 4 MiB");
        refused(
                Archives.zip(Archives.with(whole, "README.md", "Übung".getBytes(StandardCharsets.ISO_8859_1))),
                "README.md is not in UTF-8");
        refused(
                Archives.zip(Archives.with(whole, "tokenizer.json", withTokenBeyond(whole.get("tokenizer.json")))),
                "the added token 'zz' lies beyond the vocabulary");

        assertThat(versions()).isEqualTo(before);
        assertThat(staged()).isEmpty();
    }

    private void refused(byte[] archive, String reason) {
        String upload = begun("mine.zip", archive.length);
        part(upload, 0, archive).then().statusCode(200);
        for (String time : List.of("first", "again")) {
            as(admin)
                    .post(upload + "/finish")
                    .then()
                    .statusCode(422)
                    .body("code", describedAs(time, equalTo("model-refused")))
                    .body("detail", containsString(reason));
        }
    }

    private static byte[] with(Map<String, byte[]> model, String field, int value) throws IOException {
        ObjectNode config = (ObjectNode) Json.MAPPER.readTree(model.get("config.json"));
        return Json.MAPPER.writeValueAsBytes(config.put(field, value));
    }

    private static byte[] zeros(byte[] weights) {
        byte[] zeros = new byte[weights.length];
        long header = ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).getLong();
        System.arraycopy(weights, 0, zeros, 0, Math.toIntExact(Long.BYTES + header));
        return zeros;
    }

    private byte[] withoutHead(Map<String, byte[]> model) throws IOException {
        for (var file : model.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        Head.replace(folder, List.of("LABEL_0", "LABEL_1"));
        return Files.readAllBytes(folder.resolve("model.safetensors"));
    }

    private static byte[] withTokenBeyond(byte[] tokenizer) throws IOException {
        ObjectNode json = (ObjectNode) Json.MAPPER.readTree(tokenizer);
        ObjectNode token = (ObjectNode) json.withArray("added_tokens").get(0).deepCopy();
        json.withArray("added_tokens").add(token.put("id", 2_000_000).put("content", "zz"));
        return Json.MAPPER.writeValueAsBytes(json);
    }

    private String begun(String file, long bytes) {
        return "/api/model-uploads/"
                + as(admin)
                        .body(Map.of("file", file, "bytes", bytes))
                        .post("/api/model-uploads")
                        .then()
                        .statusCode(200)
                        .extract()
                        .path("id");
    }

    private Response part(String upload, long offset, byte[] bytes) {
        return as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .body(bytes)
                .put(upload + "?offset=" + offset);
    }

    private List<Path> staged() {
        return entries(".incoming-");
    }

    private List<Path> versions() {
        return entries("upload-");
    }

    private List<Path> entries(String prefix) {
        try (Stream<Path> all = Files.list(models.folder())) {
            return all.filter(entry -> entry.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
