package io.replyloop.exchange;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.signin.Team;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ExchangeTest {
    @Inject
    Team team;

    @Inject
    KnowledgeService knowledge;

    @Inject
    DemoKnowledge demo;

    @Inject
    Session database;

    @TestHTTPResource
    URI server;

    private Team.Member admin;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
    }

    private ValidatableResponse send(String query, byte[] body) {
        return as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .body(body)
                .post("/api/replies/import?" + query)
                .then();
    }

    private ValidatableResponse send(String query, String body) {
        return send(query, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String unique(String word) {
        return word + UUID.randomUUID().toString().substring(0, 8);
    }

    private List<ReplyView> inCategory(String category) {
        return knowledge
                .list(new KnowledgeService.Filter(null, null, category, null), null, 200)
                .items();
    }

    private static String line(String text, String category) {
        return "{\"text\":\"" + text + "\",\"task\":\"" + category + "\"}\n";
    }

    @Test
    void an_import_stores_publishes_and_tells_which_reply_each_line_became() {
        String category = unique("import");
        String text = unique("Hello ");
        String id = send("format=jsonl&publish=true", line(text, category) + line(text, category + "2"))
                .statusCode(200)
                .body("stored", equalTo(true))
                .body("lines", equalTo(2))
                .body("created", equalTo(1))
                .body("merged", equalTo(1))
                .body("results[1].action", equalTo("merged"))
                .body("results[1].category", equalTo(category + "2"))
                .body("results[0].reply", notNullValue())
                .extract()
                .path("results[0].reply");
        ReplyView stored = knowledge.get(UUID.fromString(id));
        assertThat(stored.state()).isEqualTo(ReplyState.PUBLISHED);
        assertThat(stored.categories()).isEqualTo(List.of(category, category + "2"));
        assertThat(knowledge.versions(stored.id()).get(0).changedBy())
                .isEqualTo(admin.agent().id());
    }

    /** A minute without a byte is the end of a connection, here and in many a proxy; an import may take longer. */
    @Test
    void an_import_that_takes_long_shows_that_it_goes_on_and_then_says_what_it_did() throws Exception {
        CountDownLatch wanted = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        CompletableFuture<Void> holder = CompletableFuture.runAsync(() -> QuarkusTransaction.requiringNew()
                .run(() -> {
                    database.createNativeQuery("select revision from knowledge_revision for update", Long.class)
                            .getSingleResult();
                    held.countDown();
                    await().atMost(Duration.ofSeconds(25)).until(() -> wanted.getCount() == 0);
                }));
        try (InputStream stored = new BufferedInputStream(begun("publish=true", held));
                InputStream refused = new BufferedInputStream(begun("confirm=another", held))) {
            assertThat(stored.read()).isEqualTo(' ');
            assertThat(refused.read()).isEqualTo(' ');
            wanted.countDown();
            holder.join();
            JsonNode report = new ObjectMapper().readTree(stored);
            JsonNode problem = new ObjectMapper().readTree(refused);
            assertThat(report.get("stored").booleanValue()).isTrue();
            assertThat(problem.get("code").textValue()).isEqualTo("conflict");
        } finally {
            wanted.countDown();
        }
    }

    /** The body of an answer whose head has come, and whose end has not. */
    private InputStream begun(String query, CountDownLatch held) throws Exception {
        held.await();
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/replies/import?format=jsonl&" + query))
                .timeout(Duration.ofSeconds(20))
                .header("X-Replyloop", "1")
                .header("Content-Type", "application/octet-stream")
                .header("Accept-Encoding", "gzip")
                .header("Cookie", "replyloop_session=" + admin.cookie())
                .POST(HttpRequest.BodyPublishers.ofString(line(unique("Long "), unique("long"))))
                .build();
        HttpResponse<InputStream> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    @Test
    void a_dry_run_reports_the_same_and_stores_nothing() {
        String category = unique("dry");
        send("format=jsonl&dryRun=true", line(unique("a"), category))
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("stored", equalTo(false))
                .body("created", equalTo(1))
                .body("results[0].reply", nullValue());
        assertThat(inCategory(category)).isEqualTo(List.of());
    }

    /** Five bad lines among good and empty ones and, in the table, cells of two lines, which move the numbers. */
    private static String withBadLines(String format, String category) {
        return switch (format) {
            case "jsonl" ->
                line("one " + category, category) + "{broken\n\n" + line("two " + category, category)
                        + "{\"text\":\"x\",\"language\":\"klingon\"}\n[]\n{\"text\":\" \"}\n"
                        + line("three " + category, category) + "{\"text\":\"x\",\"state\":\"lost\"}";
            default ->
                "text,task,language,state\na,b,c,d,e\n\n\"two\nlines " + category + "\"," + category
                        + "\nx,,klingon,\n \t,b\n\"bad\nstate\",,,lost\nfine " + category + "," + category
                        + "\nx,,,,y\n";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "jsonl, true,  200, '2, 5, 6, 7, 9'",
        "jsonl, false, 422, '2, 5, 6, 7, 9'",
        "csv,   true,  200, '2, 6, 7, 8, 11'",
        "csv,   false, 422, '2, 6, 7, 8, 11'"
    })
    void every_bad_line_is_reported_by_its_number_and_nothing_is_stored(
            String format, boolean dryRun, int status, String badLines) {
        String category = unique("lines");
        int before = knowledge.all().size();
        List<Integer> reported = send("format=" + format + "&dryRun=" + dryRun, withBadLines(format, category))
                .statusCode(status)
                .body("dryRun", equalTo(dryRun))
                .body("stored", equalTo(false))
                .body("invalid", equalTo(5))
                .body("results.findAll { it.message == null && it.action == 'invalid' }", empty())
                .body("results.reply", everyItem(nullValue()))
                .extract()
                .path("results.findAll { it.action == 'invalid' }.line");
        assertThat(reported)
                .isEqualTo(Stream.of(badLines.split(", ")).map(Integer::valueOf).toList());
        assertThat(knowledge.all().size()).isEqualTo(before);
        assertThat(inCategory(category)).isEqualTo(List.of());
    }

    @Test
    void one_bad_line_and_nothing_is_stored_unless_bad_lines_are_skipped() {
        String category = unique("bad");
        String file = line(unique("a"), category) + "{broken\n" + line(unique("b"), category)
                + "{\"text\":\"x\",\"language\":\"klingon\"}\n";
        send("format=jsonl", file)
                .statusCode(422)
                .body("stored", equalTo(false))
                .body("invalid", equalTo(2))
                .body("results[1].line", equalTo(2))
                .body("results[1].message", containsString("malformed"))
                .body("results[3].message", containsString("language is not a language code"))
                .body("results[0].reply", nullValue());
        assertThat(inCategory(category)).isEqualTo(List.of());
        send("format=jsonl&skipInvalid=true", file)
                .statusCode(200)
                .body("created", equalTo(2))
                .body("invalid", equalTo(2));
        assertThat(inCategory(category).size()).isEqualTo(2);
    }

    @Test
    void a_table_that_cannot_be_read_to_its_end_is_refused_even_when_bad_lines_are_skipped() {
        String category = unique("unclosed");
        send("format=csv&skipInvalid=true", "text,task\ngood," + category + "\n\"open,x\n")
                .statusCode(422)
                .body("results[1].line", equalTo(3))
                .body("results[1].message", containsString("a quote is opened and not closed"));
        assertThat(inCategory(category)).isEqualTo(List.of());
    }

    @Test
    void what_breaks_a_rule_of_replies_is_named_by_line() {
        send("format=jsonl", "{\"text\":\"" + "a".repeat(8001) + "\"}\n{\"text\":\"a\\u0000b\"}\n{\"text\":\"  \"}")
                .statusCode(422)
                .body("results[0].message", containsString("text is too long"))
                .body("results[1].message", containsString("control character"))
                .body("results[2].message", containsString("text is missing"));
    }

    @Test
    void an_export_that_is_imported_again_changes_nothing() {
        String text = unique("=1+1 \"quoted\", with; 中文\\n- second line ");
        send(
                        "format=jsonl&publish=true",
                        "{\"label\":\"l\",\"title\":\"'=t\",\"text\":\"" + text.replace("\"", "\\\"")
                                + "\",\"categories\":[\"a b\",\"c\"],\"shortcode\":\"" + unique("s")
                                + "\",\"questions\":[\"-q\",{\"text\":\"two\\nlines\",\"context\":\"before\"}]}")
                .statusCode(200)
                .body("created", equalTo(1));
        UUID id = knowledge
                .create(new ReplyDraft(null, unique("t"), unique("x"), "zh-TW", List.of(), null, null), null)
                .id();
        knowledge.rememberAnswer(id, "before\nyes", "yes", UUID.randomUUID());
        for (String format : List.of("jsonl", "csv")) {
            byte[] file = as(admin)
                    .get("/api/replies/export?format=" + format)
                    .then()
                    .statusCode(200)
                    .header("Content-Disposition", containsString("knowledge." + format))
                    .extract()
                    .asByteArray();
            int replies = knowledge.all().size();
            send("format=" + format, file)
                    .statusCode(200)
                    .body("lines", equalTo(replies))
                    .body("unchanged", equalTo(replies));
        }
    }

    @Test
    void gzip_is_unpacked_and_a_bomb_is_not() throws IOException {
        String category = unique("gzip");
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .header("Content-Encoding", "gzip")
                .body(gzipped(line(unique("a"), category).getBytes(StandardCharsets.UTF_8)))
                .post("/api/replies/import?format=jsonl")
                .then()
                .statusCode(200)
                .body("created", equalTo(1));
        assertThat(inCategory(category).size()).isEqualTo(1);
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .header("Content-Encoding", "gzip")
                .body(gzipped(new byte[FileText.LARGEST + 1]))
                .post("/api/replies/import?format=jsonl")
                .then()
                .statusCode(413)
                .body("code", equalTo("too-large"));
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .header("Content-Encoding", "gzip")
                .body("not gzip".getBytes(StandardCharsets.UTF_8))
                .post("/api/replies/import?format=jsonl")
                .then()
                .statusCode(400)
                .body("detail", containsString("not a complete gzip file"));
    }

    private static byte[] gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    @Test
    void letters_of_windows_1252_and_gb18030_arrive_as_they_were_written() {
        String category = unique("encoding");
        String german = unique("Größe übermäßig – 3 € ");
        send(
                        "format=csv",
                        ("Titel;Text;Kategorie\r\nGröße;" + german + ";" + category + "\r\n")
                                .getBytes(Charset.forName("windows-1252")))
                .statusCode(200)
                .body("file.encoding", equalTo("windows-1252"))
                .body("file.separator", equalTo(";"));
        String chinese = unique("我们每天九点到六点营业");
        send("format=csv", ("问题,答案,分类\n营业时间," + chinese + "," + category + "\n").getBytes(Charset.forName("GB18030")))
                .statusCode(200)
                .body("file.encoding", equalTo("GB18030"));
        assertThat(inCategory(category).stream().map(ReplyView::text).collect(Collectors.toSet()))
                .isEqualTo(Set.of(german.strip(), chinese));
    }

    @Test
    void a_guess_is_imported_only_by_whoever_has_seen_it() {
        String text = unique("We are open from nine to five, ");
        String file = "Case,What we say\nHours,\"" + text + "\"\n";
        send("format=csv", file)
                .statusCode(422)
                .body("code", equalTo("import-invalid"))
                .body("reason.code", equalTo("columns-unsure"));
        String confirmation = send("format=csv&dryRun=true", file)
                .statusCode(200)
                .body("file.columnsCertain", equalTo(false))
                .body("file.columns.field", equalTo(List.of("title", "text")))
                .body("file.rows[0].cells", equalTo(List.of("Hours", text)))
                .body("results[0].title", equalTo("Hours"))
                .body("results[0].text", equalTo(text))
                .extract()
                .path("confirmation");
        send("format=csv&confirm=" + confirmation, file)
                .statusCode(200)
                .body("stored", equalTo(true))
                .body("created", equalTo(1));
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .queryParam("mapping", "title=#1,text=What we say")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/api/replies/import?format=csv")
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(1));
    }

    @Test
    void what_is_confirmed_is_what_was_seen_or_nothing() {
        String category = unique("confirm");
        ReplyView known = knowledge.create(
                new ReplyDraft(null, "Hours", unique("Nine."), "en", List.of(category), null, null), null);
        String file = "{\"id\":\"" + known.id() + "\",\"text\":\"" + unique("Ten.") + "\"}";
        String confirmation = send("format=jsonl&dryRun=true", file)
                .statusCode(200)
                .body("results[0].changed", equalTo(List.of("text")))
                .extract()
                .path("confirmation");
        send("format=jsonl&confirm=" + confirmation, file + " ").statusCode(409).body("code", equalTo("conflict"));
        send("format=jsonl&publish=true&confirm=" + confirmation, file).statusCode(409);
        knowledge.update(
                known.id(),
                new ReplyDraft(null, "Hours", unique("Eleven."), "en", List.of(category), null, known.version()),
                null);
        send("format=jsonl&confirm=" + confirmation, file).statusCode(409);
        assertThat(knowledge.get(known.id()).text().startsWith("Eleven.")).isTrue();
    }

    @Test
    void a_workbook_is_refused_with_how_to_save_it() {
        for (boolean dryRun : List.of(true, false)) {
            send("format=csv&dryRun=" + dryRun, "PK\u0003\u0004 xl/workbook.xml")
                    .statusCode(422)
                    .contentType(containsString("application/problem+json"))
                    .body("code", equalTo("import-invalid"))
                    .body("reason.code", equalTo("excel-workbook"))
                    .body("detail", containsString("CSV UTF-8"));
        }
    }

    @Test
    void what_somebody_should_look_at_has_a_code_and_stands_in_no_way() {
        String text = unique("Hello {{ticket.requester.name}}, <b>bye</b> ");
        send("format=jsonl&dryRun=true", line(text, "a") + line(text.replace("bye", "by\u200Be"), "a"))
                .statusCode(200)
                .body("invalid", equalTo(0))
                .body("results[0].notes.code", equalTo(List.of("html", "placeholders")))
                .body("results[1].notes.code", hasItem("near-duplicate-line"))
                .body("results[1].notes.find { it.code == 'near-duplicate-line' }.values.line", equalTo(1));
        String loud = text.toUpperCase(Locale.ROOT).replace(", ", " – ") + "!";
        send("format=jsonl&dryRun=true", line(text, "a") + line(loud, "a") + line(text + " 2", "a"))
                .body("results[1].notes.find { it.code == 'spelled-alike-line' }.values.line", equalTo(1))
                .body("results[2].notes.code", not(hasItem(containsString("alike"))));
        send("format=jsonl&dryRun=true&html=text", line(text, "a"))
                .body("results[0].text", containsString("}}, bye "))
                .body("results[0].notes.code", hasItem("html-converted"));
    }

    @Test
    void a_bad_line_says_why_in_codes_that_pages_translate() {
        send("format=jsonl&dryRun=true", "{\"text\":\"" + "a".repeat(8001) + "\"}\n{\"title\":\"x\"}")
                .statusCode(200)
                .body("results[0].reasons[0].code", equalTo("too-long"))
                .body("results[0].reasons[0].values.field", equalTo("text"))
                .body("results[0].reasons[0].values.max", equalTo(8000))
                .body("results[1].reasons[0].code", equalTo("text-missing"));
    }

    @Test
    void an_unknown_format_is_explained() {
        send("format=xml", "x").statusCode(400).body("detail", containsString("use 'jsonl' or 'csv'"));
        send("dryRun=true", "x").statusCode(400).body("detail", containsString("add ?format="));
    }

    @Test
    void agents_and_strangers_neither_import_nor_export() {
        Team.Member agent = team.newMember(Role.AGENT);
        as(agent)
                .header("X-Replyloop", "1")
                .body("{}")
                .post("/api/replies/import?format=jsonl")
                .then()
                .statusCode(403);
        as(agent).get("/api/replies/export?format=jsonl").then().statusCode(403);
        Team.nobody()
                .header("X-Replyloop", "1")
                .body("{}")
                .post("/api/replies/import?format=jsonl")
                .then()
                .statusCode(401);
        Team.nobody().get("/api/replies/export?format=jsonl").then().statusCode(401);
    }

    @Test
    void many_lines_of_one_import_are_one_revision_and_quick() {
        String category = unique("many");
        String file = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(number -> line("Reply " + category + " " + number, category))
                .collect(Collectors.joining());
        send("format=jsonl", file).statusCode(200).body("created", equalTo(1000));
        send("format=jsonl", file).statusCode(200).body("unchanged", equalTo(1000));
        send("format=jsonl", file.replace("Reply", "Other").replace("\"task\"", "\"state\":\"archived\",\"task\""))
                .statusCode(200)
                .body("created", equalTo(1000));
    }

    @Test
    void the_demo_knowledge_base_is_good_and_left_alone_where_there_are_replies() {
        knowledge.create(new ReplyDraft(null, "Own", unique("own"), "en", List.of(), null, null), null);
        int before = knowledge.all().size();
        demo.bring();
        assertThat(knowledge.all().size()).isEqualTo(before);
        String report = send("format=jsonl&dryRun=true", DemoKnowledge.file())
                .statusCode(200)
                .body("invalid", equalTo(0))
                .body("merged", equalTo(0))
                .extract()
                .asString();
        assertThat(report.contains("message")).isFalse();
    }

    @Test
    void the_demo_knowledge_base_speaks_both_languages_alike() {
        List<ImportedFile.Line> lines = FileReading.of(DemoKnowledge.file(), ReadingOptions.of(FileFormat.JSONL))
                .lines();
        long english = lines.stream()
                .filter(line -> line.fields().language().equals("en"))
                .count();
        long chinese = lines.stream()
                .filter(line -> line.fields().language().equals("zh"))
                .count();
        assertThat(english >= 40 && english == chinese)
                .as("%s", english + " and " + chinese)
                .isTrue();
        assertThat(lines.stream().allMatch(line -> line.fields().questions().size() >= 2))
                .isTrue();
        // Between Chinese characters stands Chinese punctuation.
        assertThat(lines.stream()
                        .map(line -> line.fields().text())
                        .noneMatch(text -> text.matches("(?s).*(\\p{IsHan}|[”）])[,;:!?(.].*")))
                .isTrue();
    }
}
