package io.replyloop.history;

import static io.replyloop.signin.Team.as;
import static org.awaitility.Awaitility.await;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.platform.Json;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An admin and an agent, and files of conversations. */
abstract class HistoryOverRest {
    static final String HISTORY = "/api/history";
    static final Duration PATIENCE = Duration.ofMinutes(2);

    @Inject
    Team team;

    @Inject
    KnowledgeService knowledge;

    @Inject
    TestChat chat;

    @Inject
    HistoryStore store;

    @Inject
    HistoryLeases leases;

    @Inject
    HistoryWork work;

    @Inject
    UploadedFiles files;

    @Inject
    Remembering remembering;

    @Inject
    HistoryService history;

    @Inject
    Session session;

    Team.Member admin;
    Team.Member agent;

    @BeforeEach
    void nothingWasImportedBefore() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
        team.sql("delete from history_import where id is distinct from :value", UUID.randomUUID());
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }

    static String conversation(String id, String customer, String... turns) {
        List<Map<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < turns.length; i++) {
            messages.add(Map.of(
                    "by",
                    i % 2 == 0 ? "customer" : "agent",
                    "text",
                    turns[i],
                    "at",
                    "2026-05-0" + (i + 1) + "T10:00:00Z"));
        }
        return Json.MAPPER
                .valueToTree(Map.of("id", id, "customer", customer, "messages", messages))
                .toString();
    }

    static String parrots() {
        return String.join(
                "\n",
                conversation(
                        "1",
                        "ann@example.org",
                        "May I bring my parrot into the shop?",
                        "Yes, parrots are welcome in the shop."),
                conversation(
                        "2",
                        "bob@example.org",
                        "Is a parrot allowed in your shop?",
                        "Parrots are welcome in the shop, yes."),
                conversation(
                        "3",
                        "cat@example.org",
                        "Can my parrot come along to the shop?",
                        "Yes, parrots are welcome in the shop!"),
                conversation(
                        "4",
                        "dan@example.org",
                        "Where is my order? My mail is dan@example.org",
                        "Your order is on its way to you and arrives on Monday."),
                conversation(
                        "5",
                        "eve@example.org",
                        "I wait for my order, where is it?",
                        "Your order is on its way to you and arrives on Friday."));
    }

    String upload(String file) {
        return as(admin)
                .header("X-Replyloop", "1")
                .contentType("application/octet-stream")
                .queryParam("name", "old.jsonl")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post(HISTORY)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    JsonPath untilState(String id, String state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> as(admin)
                                .get(HISTORY + "/" + id)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        found -> found.getString("state").equals(state));
    }

    String imported(String file) {
        String id = upload(file);
        untilState(id, "ready");
        as(admin).post(HISTORY + "/" + id + "/import").then().statusCode(200);
        untilState(id, "imported");
        return id;
    }

    long questions(UUID reply) {
        return knowledge.get(reply).questions();
    }

    void begin(UUID id) {
        history.begin(
                id,
                "old.jsonl",
                new HistoryReading(HistoryFormat.CONVERSATIONS, "UTF-8", null, null),
                admin.agent().id());
    }

    ValidatableResponse forget(String id, String kind, String external, Integer expected) {
        Map<String, Object> body = new HashMap<>(Map.of("importId", id, "kind", kind, "id", external));
        body.put("conversations", expected);
        return as(admin)
                .contentType("application/json")
                .body(body)
                .post(HISTORY + "/forget")
                .then();
    }

    ValidatableResponse undo(String id, boolean archive) {
        return as(admin)
                .contentType("application/json")
                .body(Map.of("archiveReplies", archive))
                .post(HISTORY + "/" + id + "/undo")
                .then();
    }

    long rows(String table) {
        return QuarkusTransaction.requiringNew()
                .call(() -> session.createNativeQuery("select count(*) from " + table, Long.class)
                        .getSingleResult());
    }

    String contents() {
        return QuarkusTransaction.requiringNew()
                .call(() -> String.join(
                        "\n",
                        session.createNativeQuery(
                                        "select cast(c as text) from history_conversation c union all"
                                                + " select cast(d as text) from history_draft d union all"
                                                + " select cast(i as text) from history_import i",
                                        String.class)
                                .getResultList()));
    }
}
