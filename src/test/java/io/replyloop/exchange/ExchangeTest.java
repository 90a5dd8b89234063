package io.replyloop.exchange;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyVersions;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.io.BufferedInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ExchangeTest extends ImportByAdmin {
    @Inject
    Session database;

    @Inject
    ReplyVersions versions;

    @TestHTTPResource
    URI server;

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
        assertThat(versions.list(stored.id(), null).get(0).changedBy())
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

    private static ReplyDraft offering(String text, List<String> choices, Integer version) {
        return new ReplyDraft(null, "Asks", text, "en", List.of(), null, choices, version);
    }

    @Test
    void short_answers_come_back_with_an_export_and_those_that_do_not_fit_are_refused() {
        List<String> choices = List.of("Yes, please", "=1+1", "不用了");
        String text = unique("Shall we?");
        UUID id = knowledge.create(offering(text, choices, null), null).id();
        for (String format : List.of("jsonl", "csv")) {
            byte[] file = as(admin)
                    .get("/api/replies/export?format=" + format)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asByteArray();
            ReplyView now = knowledge.get(id);
            knowledge.update(id, offering(text, List.of("Other"), now.version()), null);

            send("format=" + format, file)
                    .statusCode(200)
                    .body("results.find { it.reply == '" + id + "' }.changed", equalTo(List.of("choices")));

            assertThat(knowledge.get(id).choices()).as(format).isEqualTo(choices);
        }
        send("format=jsonl", "{\"text\":\"" + text + "\"}").statusCode(200);
        assertThat(knowledge.get(id).choices())
                .as("a file without them says nothing of them")
                .isEqualTo(choices);
        send("format=jsonl", "{\"text\":\"" + unique("x") + "\",\"choices\":[\"\u200b\"]}")
                .body("results[0].reasons[0].code", equalTo("bad-choices"));
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
        String file = IntStream.range(0, 1000)
                .mapToObj(number -> line("Reply " + category + " " + number, category))
                .collect(Collectors.joining());
        send("format=jsonl", file).statusCode(200).body("created", equalTo(1000));
        send("format=jsonl", file).statusCode(200).body("unchanged", equalTo(1000));
        send("format=jsonl", file.replace("Reply", "Other").replace("\"task\"", "\"state\":\"archived\",\"task\""))
                .statusCode(200)
                .body("created", equalTo(1000));
    }
}
