package io.replyloop.audit;

import static io.replyloop.signin.Team.as;
import static org.awaitility.Awaitility.await;

import io.replyloop.feedback.FeedbackService;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What admins do to examples: each operation that changes something, once. */
@ApplicationScoped
class ExampleOperations {
    /** Carries out an operation of the REST interface. */
    interface Doing {
        Response does(String operation, RequestSpecification request, String method, String address);
    }

    private final TestChat chat;
    private final FeedbackService feedback;

    ExampleOperations(TestChat chat, FeedbackService feedback) {
        this.chat = chat;
        this.feedback = feedback;
    }

    void carryOut(Team.Member admin, Doing doing) {
        int id = as(admin).get("/api/examples").path("items[0].id");
        String example = "/api/examples/" + id;
        Map<String, Object> exclusion = Map.of("examples", List.of(id), "excluded", true);
        doing.does("excludeExamples", as(admin).body(exclusion), "POST", "/api/examples/exclusions");
        doing.does("commentExample", as(admin).body("{\"text\": \"Ask Kim\"}"), "POST", example + "/comments");
        Map<String, Object> now = as(admin).get(example).path("");
        Map<String, Object> correction = Map.of(
                "verdict",
                ((Number) now.get("label")).doubleValue() < 0.5 ? "fits" : "does-not-fit",
                "version",
                now.get("version"));
        doing.does("correctExample", as(admin).body(correction), "PUT", example + "/label");
        Map<String, Object> later = as(admin).get(example).path("");
        Map<String, Object> labels = Map.of(
                "examples",
                List.of(Map.of("id", id, "version", later.get("version"))),
                "verdict",
                ((Number) later.get("label")).doubleValue() < 0.5 ? "fits" : "does-not-fit");
        doing.does("correctExamples", as(admin).body(labels), "POST", "/api/examples/labels");
        String act = as(admin).get(example + "/acts").path("[0].act");
        doing.does("undoCurationAct", as(admin), "POST", "/api/examples/acts/" + act + "/undo");
        String line = "{\"query\": \"- Do kites bite " + UUID.randomUUID() + "?\", \"reply\": \"No.\", \"label\": 1}";
        String imported = doing.does(
                        "importExamples",
                        as(admin)
                                .header("X-Replyloop", "1")
                                .contentType("application/octet-stream")
                                .body(line.getBytes(StandardCharsets.UTF_8)),
                        "POST",
                        "/api/examples/imports?name=kites.jsonl")
                .path("id");
        doing.does("undoExampleImport", as(admin), "DELETE", "/api/examples/imports/" + imported);
        String item = contradiction(admin);
        doing.does("findExamplesRight", as(admin), "PUT", item);
        doing.does("takeItemBackIntoQueue", as(admin), "DELETE", item);
    }

    /** The same question, answered by a reply and for which it was rejected. */
    private String contradiction(Team.Member admin) {
        UUID reply = chat.published("A parcel travels for twelve days.");
        for (String verdict : List.of("fits", "does-not-fit")) {
            UUID conversation = chat.silentConversation("How long does a parcel to Zanzibar travel, please tell me?");
            UUID impression = chat.impression(conversation, List.of(reply), List.of());
            if (verdict.equals("fits")) {
                feedback.send(
                        admin.agent(),
                        conversation,
                        UUID.randomUUID(),
                        "A parcel travels for twelve days.",
                        impression,
                        reply,
                        null);
            } else {
                feedback.reject(admin.agent(), UUID.randomUUID(), impression, reply, "wrong", null);
            }
        }
        as(admin).post("/api/examples/queues/look").then().statusCode(200);
        return "/api/examples/queues/contradiction/"
                + await().atMost(Duration.ofMinutes(2))
                        .until(
                                () -> as(admin)
                                        .get("/api/examples/queues/contradiction")
                                        .path("items[0].id"),
                                Objects::nonNull)
                + "/looks-right";
    }
}
