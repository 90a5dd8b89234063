package io.replyloop.curation;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.dataset.DatasetService;
import io.replyloop.identity.Role;
import io.replyloop.platform.Json;
import io.replyloop.signin.Team;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExampleExchangeTest {
    private static final List<String> PARTS = List.of(
            "Where is my parcel",
            "=SUM(A)",
            "+cmd|' /C calc'!A0",
            "-x",
            "@sum",
            "'=already",
            "\"quoted\"",
            ",;|\t",
            "line\nbreak",
            "\r\nwindows",
            "\rold",
            "退货",
            "😀👩‍👩‍👧",
            "  spaces  ",
            "{\"json\": [1]}",
            "null",
            "true",
            "＝x");

    @Inject
    DatasetService datasets;

    @Inject
    Team team;

    private final Random random = new Random(11);
    private Team.Member admin;

    @BeforeEach
    void anAdmin() {
        admin = team.newMember(Role.ADMIN);
    }

    @Test
    void what_is_exported_and_imported_is_the_same_in_each_format() throws IOException {
        Map<String, JsonNode> lines = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            ObjectNode line = line(i);
            // Read back, because a number may be of another type then.
            lines.put(line.get("id").asText(), Json.MAPPER.readTree(line.toString()));
        }
        String file = lines.values().stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
        String id = imported(file.getBytes(StandardCharsets.UTF_8), 60);

        for (String format : List.of("jsonl", "csv", "huggingface")) {
            byte[] export = export(format);
            assertThat(ours(lines.keySet())).as(format).isEqualTo(lines);

            as(admin).delete("/api/examples/imports/" + id).then().statusCode(204);
            assertThat(ours(lines.keySet())).as(format).isEmpty();
            id = imported(export, 60);

            assertThat(ours(lines.keySet())).as(format).isEqualTo(lines);
        }
    }

    @Test
    void the_same_file_twice_adds_nothing() {
        byte[] file = (line(1) + "\n\n" + line(2) + "\n").getBytes(StandardCharsets.UTF_8);
        imported(file, 2);

        send(file, "again.jsonl", false)
                .then()
                .statusCode(200)
                .body("stored", equalTo(false))
                .body("added", equalTo(0))
                .body("known", equalTo(2));
    }

    @Test
    void a_dry_run_tells_what_an_import_would_do_and_stores_nothing() throws IOException {
        ObjectNode line = line(3);

        send(bytes(line), "examples.jsonl", true)
                .then()
                .statusCode(200)
                .body("lines", equalTo(1))
                .body("added", equalTo(1))
                .body("stored", equalTo(false));

        assertThat(ours(Set.of(line.get("id").asText()))).isEmpty();
    }

    @Test
    void a_file_with_an_error_is_not_stored_and_the_lines_are_named() throws IOException {
        ObjectNode good = line(4);
        String nul = "{\"query\": \"a\\u0000\", \"reply\": \"b\", \"label\": 1}";
        String file = good + "\n" + nul + "\n[1]\n{\"query\": \"a\", \"reply\": \"b\", \"label\": 2}\n{\"query\"\n"
                + "{\"query\": \"a\", \"reply\": \"b\", \"label\": 1, \"side\": \"left\"}\n";

        send(file.getBytes(StandardCharsets.UTF_8), "bad.jsonl", false)
                .then()
                .statusCode(422)
                .body("errors", equalTo(5))
                .body("wrong.line", equalTo(List.of(2, 3, 4, 5, 6)))
                .body("wrong.field", equalTo(List.of("query", "", "label", "", "side")))
                .body("stored", equalTo(false));

        assertThat(ours(Set.of(good.get("id").asText()))).isEmpty();
    }

    @Test
    void imported_examples_are_learned_from_with_the_side_that_the_file_gives_them() {
        ObjectNode line = line(5);
        line.put("side", "test").put("excluded", false);
        imported(bytes(line), 1);

        datasets.freeze(1);

        as(admin)
                .get("/api/examples?conversation=" + line.get("conversation").asText())
                .then()
                .statusCode(200)
                .body("items[0].side", equalTo("test"))
                .body("items[0].snapshots.size()", equalTo(1))
                .body("items[0].importedFrom", equalTo("examples.jsonl"))
                .body("items[0].importedBy", equalTo("Somebody"));
    }

    @Test
    void an_imported_example_is_corrected_excluded_and_undone_like_any_other() {
        ObjectNode line = line(6);
        line.put("label", 1.0).putNull("original_label").put("excluded", false);
        imported(bytes(line), 1);
        String of = "/api/examples?conversation=" + line.get("conversation").asText();
        int id = as(admin).get(of).path("items[0].id");
        String address = "/api/examples/" + id;

        as(admin)
                .body(Map.of("verdict", "does-not-fit", "version", 0))
                .put(address + "/label")
                .then()
                .statusCode(200)
                .body("label", equalTo(0.0f));
        as(admin)
                .body(Map.of("text", "From elsewhere"))
                .post(address + "/comments")
                .then()
                .statusCode(200);
        List<String> acts = as(admin).get(address + "/acts").path("act");
        as(admin).post("/api/examples/acts/" + acts.get(1) + "/undo").then().statusCode(200);
        as(admin).get(address).then().body("label", equalTo(1.0f)).body("comment", equalTo("From elsewhere"));
    }

    @Test
    void a_directory_has_a_card_that_names_files_and_columns() throws IOException {
        ObjectNode line = line(7);
        line.put("side", "train");
        imported(bytes(line), 1);

        Map<String, String> files = unzipped(export("huggingface"));

        assertThat(files.get("data/train.jsonl")).contains(line.get("id").asText());
        assertThat(files.get("README.md"))
                .startsWith("---\nconfigs:\n- config_name: default\n  data_files:\n  - split: train\n"
                        + "    path: data/train.jsonl\n")
                .contains("  - name: label\n    dtype: float64\n");
        for (String name : files.keySet()) {
            if (name.startsWith("data/")) {
                assertThat(files.get("README.md")).contains("path: " + name);
                assertThat(files.get(name)).isNotEmpty();
            }
        }
    }

    @Test
    void a_packed_file_is_read_and_a_bomb_is_not() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes(line(8)));
        }
        imported(packed.toByteArray(), 1);

        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
            zip.putNextEntry(new ZipEntry("data/train.jsonl"));
            byte[] zeros = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 8; i++) {
                zip.write(zeros);
            }
        }
        send(bomb.toByteArray(), "bomb.zip", true)
                .then()
                .statusCode(413)
                .body("detail", containsString("more than 400,000 characters"));
    }

    @Test
    void the_name_of_a_file_of_examples_is_masked_when_it_is_stored() {
        String id = send(bytes(line(11)), "Mails of zoe@example.org", false).path("id");

        as(admin)
                .get("/api/examples/imports")
                .then()
                .body("find { it.id == '" + id + "' }.name", equalTo("Mails of [email]"));
    }

    @Test
    void only_admins_export_and_import() {
        Team.Member agent = team.newMember(Role.AGENT);
        String undo = "/api/examples/imports/" + UUID.randomUUID();
        for (String read : List.of("/api/examples/export?format=jsonl", "/api/examples/imports")) {
            as(admin).get(read).then().statusCode(200);
            as(agent).get(read).then().statusCode(403);
            nobody().get(read).then().statusCode(401);
        }
        as(agent)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .body(bytes(line(10)))
                .post("/api/examples/imports")
                .then()
                .statusCode(403);
        nobody().header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .body(bytes(line(10)))
                .post("/api/examples/imports")
                .then()
                .statusCode(401);
        as(agent).delete(undo).then().statusCode(403);
        nobody().delete(undo).then().statusCode(401);
        as(admin).delete(undo).then().statusCode(404);
        as(admin).get("/api/examples/export?format=xml").then().statusCode(400);
    }

    private String imported(byte[] file, int added) {
        Response response = send(file, "examples.jsonl", false);
        response.then().statusCode(200).body("added", equalTo(added)).body("stored", equalTo(true));
        return response.path("id");
    }

    private Response send(byte[] file, String name, boolean dryRun) {
        return as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .queryParam("name", name)
                .queryParam("dryRun", dryRun)
                .body(file)
                .post("/api/examples/imports");
    }

    private byte[] export(String format) {
        return as(admin)
                .get("/api/examples/export?format=" + format)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
    }

    /** What the export has of these, by id. */
    private Map<String, JsonNode> ours(Set<String> ids) throws IOException {
        Map<String, JsonNode> found = new TreeMap<>();
        for (String line : new String(export("jsonl"), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                JsonNode json = Json.MAPPER.readTree(line);
                if (ids.contains(json.path("id").asText())) {
                    found.put(json.path("id").asText(), json);
                }
            }
        }
        return found;
    }

    private static byte[] bytes(JsonNode line) {
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As an export has it, with whatever may be in a text. */
    private ObjectNode line(int number) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", "x" + number + "-" + UUID.randomUUID());
        line.put("conversation", UUID.randomUUID().toString());
        line.put("decision", UUID.randomUUID().toString());
        line.put("question", UUID.randomUUID().toString());
        line.put("query", "- " + text());
        line.put("reply", text());
        line.put("reply_id", maybe(UUID.randomUUID().toString()));
        line.put("reply_version", maybe(2));
        line.put("label", random.nextBoolean() ? 1.0 : 0.0);
        line.put("original_label", maybe(0.0));
        line.put("excluded", random.nextBoolean());
        line.put("created_at", "2026-11-2" + random.nextInt(10) + "T08:00:00.123456Z");
        line.put("agent", maybe(UUID.randomUUID().toString()));
        line.put("outcome", maybe("own-text"));
        line.put("position", maybe(3));
        line.put("shown", maybe(true));
        line.put("model", maybe(7L));
        line.put("side", maybe("dev"));
        return line;
    }

    private <T> T maybe(T value) {
        return random.nextInt(3) == 0 ? null : value;
    }

    private String text() {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            parts.add(PARTS.get(random.nextInt(PARTS.size())));
        }
        return String.join(random.nextBoolean() ? "" : " ", parts) + " x";
    }

    private static Map<String, String> unzipped(byte[] zip) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
