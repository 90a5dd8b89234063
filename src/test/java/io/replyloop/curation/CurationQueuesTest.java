package io.replyloop.curation;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.PublishedReplies;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CurationQueuesTest {
    private static final String SENT = "A parcel to Zanzibar travels for twelve days.";

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private Team.Member admin;
    private Team.Member agent;
    private UUID sent;
    private UUID other;
    private String question;

    @BeforeEach
    void twoReplies() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
        sent = chat.published(SENT);
        other = chat.published("Please tell us your order number.");
        question = "Where in the world is the parcel that I ordered from you "
                + UUID.randomUUID().toString().replaceAll("[-0-9]", "") + "?";
    }

    @AfterEach
    void nothingStaysPublished() {
        PublishedReplies.archiveAll(knowledge);
    }

    @Test
    void the_same_reply_to_the_same_question_with_both_labels_is_a_contradiction() {
        UUID fits = answered(question, sent, List.of(sent));
        UUID doesNot = rejected(question + " 42!", List.of(sent));
        look();

        Map<String, Object> item = item("contradiction", fits);

        assertThat(conversations(item)).containsExactly(doesNot.toString(), fits.toString());
        List<Map<String, Object>> examples = examples(item);
        List<Map<String, Object>> named = examples.stream()
                .map(example -> Map.of("id", example.get("id"), "version", example.get("version")))
                .toList();
        as(admin)
                .body(Map.of("examples", named, "verdict", "fits"))
                .post("/api/examples/labels")
                .then()
                .statusCode(200)
                .body("size()", equalTo(2));

        assertThat(item("contradiction", fits)).isNull();
        as(admin)
                .body(Map.of("examples", named, "verdict", "does-not-fit"))
                .post("/api/examples/labels")
                .then()
                .statusCode(409);
    }

    @Test
    void what_is_said_again_and_again_is_a_near_repeat_until_one_is_left() {
        UUID first = answered(question, sent, List.of(sent));
        answered(question + " 17", sent, List.of(sent));
        look();

        Map<String, Object> item = item("near-repeat", first);

        assertThat(examples(item)).hasSize(2);
        Object id = examples(item).get(0).get("id");
        as(admin)
                .body(Map.of("examples", List.of(id), "excluded", true))
                .post("/api/examples/exclusions")
                .then()
                .statusCode(200);
        assertThat(item("near-repeat", first)).isNull();
    }

    @Test
    void a_question_whose_suggestions_were_all_rejected_waits_for_a_reply_that_fits() {
        UUID everywhere = rejected(question, List.of(sent, other));
        UUID once = chat.silentConversation(question + " Again");
        UUID impression = chat.impression(once, List.of(sent, other), List.of());
        feedback.reject(agent.agent(), UUID.randomUUID(), impression, sent, "wrong", null);
        look();

        assertThat(item("rejected", once)).isNull();
        Map<String, Object> item = item("rejected", everywhere);
        Map<String, Object> example = examples(item).get(0);
        as(admin)
                .body(Map.of(
                        "verdict",
                        "another-reply",
                        "reply",
                        chat.published("The parcel is with your neighbour."),
                        "version",
                        example.get("version")))
                .put("/api/examples/" + example.get("id") + "/label")
                .then()
                .statusCode(200);

        assertThat(item("rejected", everywhere)).isNull();
    }

    @Test
    void what_looks_right_leaves_the_queue_for_good_and_can_be_taken_back() {
        UUID fits = answered(question, sent, List.of(sent));
        rejected(question, List.of(sent));
        look();
        String address = "/api/examples/queues/contradiction/"
                + item("contradiction", fits).get("id") + "/looks-right";

        as(admin).put(address).then().statusCode(204);

        assertThat(item("contradiction", fits)).isNull();
        as(admin).delete(address).then().statusCode(204);
        assertThat(item("contradiction", fits)).isNotNull();
        as(admin).put(address).then().statusCode(204);
        look();
        assertThat(item("contradiction", fits)).isNull();
        rejected(question, List.of(sent));
        look();
        assertThat(item("contradiction", fits)).isNotNull();
    }

    @Test
    void only_admins_look_through_examples() {
        String item = "/api/examples/queues/contradiction/" + UUID.randomUUID() + "/looks-right";
        for (String read : List.of("/api/examples/queues", "/api/examples/queues/rejected")) {
            as(admin).get(read).then().statusCode(200);
            as(agent).get(read).then().statusCode(403);
            nobody().get(read).then().statusCode(401);
        }
        as(agent).post("/api/examples/queues/look").then().statusCode(403);
        nobody().post("/api/examples/queues/look").then().statusCode(401);
        as(agent).put(item).then().statusCode(403);
        nobody().put(item).then().statusCode(401);
        as(agent).delete(item).then().statusCode(403);
        nobody().delete(item).then().statusCode(401);
        Map<String, Object> labels = Map.of("examples", List.of(Map.of("id", 1, "version", 0)), "verdict", "fits");
        as(agent).body(labels).post("/api/examples/labels").then().statusCode(403);
        nobody().body(labels).post("/api/examples/labels").then().statusCode(401);
        as(admin).put(item).then().statusCode(404);
        as(admin).get("/api/examples/queues/made-up").then().statusCode(404);
        as(admin).get("/api/examples/queues/rejected?cursor=made-up").then().statusCode(400);
    }

    private UUID answered(String text, UUID reply, List<UUID> shown) {
        UUID conversation = chat.silentConversation(text);
        UUID impression = chat.impression(conversation, shown, List.of());
        feedback.send(agent.agent(), conversation, UUID.randomUUID(), SENT, impression, reply, null);
        return conversation;
    }

    private UUID rejected(String text, List<UUID> shown) {
        UUID conversation = chat.silentConversation(text);
        UUID impression = chat.impression(conversation, shown, List.of());
        shown.forEach(reply -> feedback.reject(agent.agent(), UUID.randomUUID(), impression, reply, "wrong", null));
        return conversation;
    }

    /** Looks through the examples once more, after any look that may be going on. */
    private void look() {
        nothingGoesOn();
        String before = queues().path("at");
        as(admin).post("/api/examples/queues/look").then().statusCode(200);
        nothingGoesOn();
        assertThat(queues().<String>path("at")).isNotEqualTo(before);
        assertThat(queues().<Boolean>path("failed")).isFalse();
    }

    private void nothingGoesOn() {
        await().atMost(Duration.ofMinutes(2)).until(() -> queues().path("progress") == null);
    }

    private Response queues() {
        return as(admin).get("/api/examples/queues");
    }

    /** The item with an example of that conversation; null if there is none. */
    private Map<String, Object> item(String queue, UUID conversation) {
        String next = null;
        do {
            Response page = as(admin)
                    .get("/api/examples/queues/" + queue + "?limit=200" + (next == null ? "" : "&cursor=" + next));
            page.then().statusCode(200);
            for (Map<String, Object> item : page.<List<Map<String, Object>>>path("items")) {
                if (conversations(item).contains(conversation.toString())) {
                    return item;
                }
            }
            next = page.path("next");
        } while (next != null);
        return null;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> examples(Map<String, Object> item) {
        return (List<Map<String, Object>>) item.get("examples");
    }

    private static List<String> conversations(Map<String, Object> item) {
        return examples(item).stream()
                .map(example -> (String) example.get("conversation"))
                .toList();
    }
}
