package io.replyloop.desk;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.InboxAct;
import io.replyloop.conversation.InboxActs;
import io.replyloop.conversation.OutsideConversations;
import io.replyloop.erasure.Traces;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.platform.Problem;
import io.replyloop.programs.ProgramTesting;
import io.replyloop.programs.Scope;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A team on another desk asks for replies, and says what became of them. */
@QuarkusTest
class DeskTest {
    /** In no other test's texts. */
    private final String word = "quokka" + UUID.randomUUID().toString().replaceAll("[0-9-]", "");

    @Inject
    ProgramTesting programs;

    @Inject
    KnowledgeService knowledge;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    @Inject
    Traces traces;

    @Inject
    OutsideConversations outside;

    @Inject
    ConversationService conversations;

    @Inject
    InboxActs inbox;

    @Inject
    DeskPlaces places;

    @Inject
    DeskConfig config;

    private ProgramTesting.Token token;
    private String conversation;
    private UUID reply;

    @BeforeEach
    void aReplyAndAProgram() {
        token = programs.token(Scope.SUGGEST, Scope.FEEDBACK, Scope.CONVERSATIONS_ERASE);
        conversation = "desk:" + UUID.randomUUID();
        reply = chat.published("A parcel with a " + word + " travels for twelve days.");
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.archive(reply, null);
    }

    private RequestSpecification bearer() {
        return programs.bearer(token);
    }

    private Map<String, Object> question(String text) {
        return new HashMap<>(Map.of("conversation", conversation, "question", text));
    }

    /** So near to the reply that it is suggested, whatever the team has decided about other questions. */
    private Map<String, Object> nearQuestion(String rest) {
        return question("How long does a parcel with a " + word + " travel?" + rest);
    }

    /** Once the index knows the reply. */
    private Response asked(Map<String, Object> question) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> bearer().body(question).post("/api/v1/suggest"),
                        answer -> reply.toString().equals(answer.path("suggestions[0].reply")));
    }

    private static Map<String, Object> feedback(Response asked, String act, UUID reply, String text) {
        Map<String, Object> told = new HashMap<>(Map.of("impression", asked.path("impression"), "act", act));
        told.put("reply", reply);
        told.put("text", text);
        return told;
    }

    @Test
    void what_was_sent_elsewhere_is_learned_like_what_was_sent_here_and_remembered_at_once() {
        Map<String, Object> question = nearQuestion("");
        question.put("earlier", List.of(Map.of("from", "team", "text", "Good morning.")));
        Response asked = asked(question);
        asked.then().statusCode(200).body("suggestions[0].text", containsString(word));

        bearer().body(feedback(asked, "sent", reply, null))
                .post("/api/v1/feedback")
                .then()
                .statusCode(200)
                .body("counted", equalTo(true));

        String impression = asked.path("impression");
        assertThat(team.count(
                        "select count(*) from decision d join agent_account a on a.id = d.agent_id where a.program"
                                + " and a.name = 'Program' and d.outcome = 'sent' and d.accepted and d.position = 1"
                                + " and d.impression_id = cast(:value as uuid)",
                        impression))
                .isEqualTo(1);
        assertThat(team.count(
                        "select count(*) from example where label = 1 and impression_id = cast(:value as uuid)",
                        impression))
                .isEqualTo(1);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(bearer().body(nearQuestion(" Please tell me."))
                                .post("/api/v1/suggest")
                                .<String>path("suggestions[0].why.kind"))
                        .isEqualTo("before"));
    }

    @Test
    void a_published_reply_that_was_not_suggested_can_be_the_one_that_was_sent() {
        Response asked = asked(nearQuestion(""));
        UUID found = chat.published("Whoever has found a " + word + " gets a reward.");
        try {
            Map<String, Object> rejection = feedback(asked, "rejected", found, null);
            rejection.put("reason", "wrong");
            bearer().body(rejection)
                    .post("/api/v1/feedback")
                    .then()
                    .statusCode(404)
                    .body("detail", containsString("not among the suggestions of this impression"));
            bearer().body(feedback(asked, "sent", UUID.randomUUID(), null))
                    .post("/api/v1/feedback")
                    .then()
                    .statusCode(404);
            bearer().body(feedback(asked, "sent", found, null))
                    .post("/api/v1/feedback")
                    .then()
                    .statusCode(200)
                    .body("counted", equalTo(true));
            assertThat(team.count(
                            "select count(*) from decision where accepted and reply_id = cast(:value as uuid)",
                            found.toString()))
                    .isEqualTo(1);
        } finally {
            knowledge.archive(found, null);
        }
    }

    @Test
    void nobody_acts_in_a_conversation_that_another_desk_has() {
        UUID there = outside.ensure(conversation);
        SignedInAgent agent = team.newMember(Role.ADMIN).agent();
        List<ThrowingCallable> acts = List.of(
                () -> conversations.agentMessage(agent, there, UUID.randomUUID(), "Hello", null),
                () -> conversations.note(agent, there, UUID.randomUUID(), "A note"),
                () -> conversations.take(agent, there, UUID.randomUUID()),
                () -> conversations.changeStatus(agent, there, UUID.randomUUID(), ConversationStatus.OPEN, null),
                () -> inbox.act(agent, there, UUID.randomUUID(), InboxAct.spam(true)));
        for (ThrowingCallable act : acts) {
            assertThatExceptionOfType(Problem.class).isThrownBy(act).withMessageContaining("is in another desk");
        }
    }

    @Test
    void while_too_many_questions_are_ranked_a_program_is_asked_to_come_back() {
        whileTaken(
                config.atOnce(),
                () -> bearer().body(question("How far is it?"))
                        .post("/api/v1/suggest")
                        .then()
                        .statusCode(503)
                        .header("Retry-After", "2")
                        .body("code", equalTo("unavailable")));
    }

    private void whileTaken(int taken, Runnable then) {
        if (taken == 0) {
            then.run();
            return;
        }
        places.with(() -> {
            whileTaken(taken - 1, then);
            return taken;
        });
    }

    @Test
    void edited_rejected_and_own_words_say_what_they_say_in_the_console() {
        Response first = asked(nearQuestion(""));
        Map<String, Object> rejection = feedback(first, "rejected", reply, null);
        bearer().body(rejection).post("/api/v1/feedback").then().statusCode(400).body(containsString("reason"));
        rejection.put("reason", "outdated");
        bearer().body(rejection).post("/api/v1/feedback").then().body("counted", equalTo(true));
        bearer().body(rejection).post("/api/v1/feedback").then().body("counted", equalTo(false));

        Response second = asked(nearQuestion(" Please tell me."));
        String changed = "Dear customer, a parcel with a " + word + " travels for twelve days.";
        bearer().body(feedback(second, "edited", reply, changed))
                .post("/api/v1/feedback")
                .then()
                .body("counted", equalTo(true));
        Response third = asked(nearQuestion(" I would like to know."));
        bearer().body(feedback(third, "own-text", null, "We do not sell such animals, sorry about that."))
                .post("/api/v1/feedback")
                .then()
                .body("counted", equalTo(true));

        assertThat(List.of(outcome(first), outcome(second), outcome(third)))
                .isEqualTo(List.of("rejected", "edited", "own-text"));
    }

    private String outcome(Response asked) {
        for (String outcome : List.of("sent", "edited", "rejected", "own-text")) {
            long found = team.count(
                    "select count(*) from decision where outcome = '" + outcome
                            + "' and impression_id = cast(:value as uuid)",
                    asked.path("impression"));
            if (found > 0) {
                return outcome;
            }
        }
        return "none";
    }

    @Test
    void the_same_request_again_is_answered_alike_and_another_one_under_its_key_is_refused() {
        Map<String, Object> question = nearQuestion("");
        asked(question);
        Response asked =
                bearer().header("Idempotency-Key", "k-1").body(question).post("/api/v1/suggest");
        String impression = asked.path("impression");
        bearer().header("Idempotency-Key", "k-1")
                .body(question)
                .post("/api/v1/suggest")
                .then()
                .statusCode(200)
                .body("impression", equalTo(impression))
                .body("suggestions[0].reply", equalTo(asked.path("suggestions[0].reply")));
        bearer().header("Idempotency-Key", "k-1")
                .body(question("Something else, " + word))
                .post("/api/v1/suggest")
                .then()
                .statusCode(409)
                .body("detail", containsString("Idempotency-Key"));
        programs.bearer(Scope.SUGGEST)
                .header("Idempotency-Key", "k-1")
                .body(question)
                .post("/api/v1/suggest")
                .then()
                .statusCode(200)
                .body("impression", not(equalTo(impression)));

        Map<String, Object> told = feedback(asked, "own-text", null, "We do not sell such animals, sorry about that.");
        for (int times = 0; times < 2; times++) {
            bearer().header("Idempotency-Key", "k-1")
                    .body(told)
                    .post("/api/v1/feedback")
                    .then()
                    .statusCode(200)
                    .body("counted", equalTo(true));
        }
        bearer().body(told).post("/api/v1/feedback").then().statusCode(200).body("counted", equalTo(false));
        assertThat(team.count("select count(*) from decision where impression_id = cast(:value as uuid)", impression))
                .isEqualTo(1);
    }

    @Test
    void what_was_asked_elsewhere_is_masked_in_no_inbox_and_erased_by_its_name() {
        Team.Member admin = team.newMember(Role.ADMIN);
        // Short, so that the edit stays a light one.
        String surname = "Ma"
                + ThreadLocalRandom.current()
                        .ints(5, 'a', 'z' + 1)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        conversation = word + "@customer.example";
        Map<String, Object> question = question(
                "I am Quentin " + surname + ", q." + surname + "@mail.example. How long does a " + word + " take?");
        question.put("customerName", "Quentin " + surname);
        Response asked = asked(question);
        Map<String, Object> told = feedback(
                asked,
                "edited",
                reply,
                "Quentin " + surname + ", a parcel with a " + word + " travels for twelve days.");
        told.put("customerName", "Quentin " + surname);
        bearer().body(told).post("/api/v1/feedback").then().body("counted", equalTo(true));

        assertThat(traces.inDatabase(surname)).isEmpty();
        assertThat(traces.inDatabase(word + "@")).isEmpty();
        assertThat(traces.inDatabase("[name], a parcel with a " + word)).contains("decision.text_sent");
        assertThat(traces.inDatabase(word + " take"))
                .contains("impression.question", "example.query", "answered_question.question");
        String there = outside.ensure(conversation).toString();
        for (String view : List.of("resolved", "all", "spam")) {
            as(admin)
                    .get("/api/conversations?view=" + view)
                    .then()
                    .statusCode(200)
                    .body(not(containsString(there)));
        }
        as(admin).get("/api/examples?conversation=" + there).then().body("items[0].elsewhere", equalTo(true));
        assertThat(as(admin).get("/api/sites").asString()).doesNotContain("Other desks");

        bearer().delete("/api/v1/conversations/" + conversation)
                .then()
                .statusCode(200)
                .body("removed.conversations", equalTo(1))
                .body("removed.decisions", equalTo(1));

        knowledge.archive(reply, null);
        assertThat(traces.inDatabase(word + " take")).isEmpty();
        assertThat(traces.inDatabase("[name], a parcel with a " + word)).isEmpty();
        bearer().delete("/api/v1/conversations/" + conversation).then().statusCode(404);
        bearer().body(told).post("/api/v1/feedback").then().statusCode(404);
    }

    @Test
    void what_was_shown_in_the_console_is_decided_there_alone() {
        UUID here = chat.silentConversation("Where is my " + word + "?");
        UUID impression = chat.impression(here, List.of(reply), List.of());
        bearer().body(Map.of("impression", impression, "act", "sent", "reply", reply))
                .post("/api/v1/feedback")
                .then()
                .statusCode(404);
        bearer().delete("/api/v1/conversations/" + here).then().statusCode(404);
    }

    @Test
    void what_makes_no_sense_is_refused_by_name() {
        Map<String, Object> much = question("x".repeat(4_001));
        bearer().body(much)
                .post("/api/v1/suggest")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("question"));
        bearer().body(question(" ")).post("/api/v1/suggest").then().statusCode(400);
        bearer().body(question("Zero \u0000")).post("/api/v1/suggest").then().statusCode(400);
        for (String name : List.of("", "a/b", "..", "50%", "x".repeat(201))) {
            conversation = name;
            bearer().body(question("Hi")).post("/api/v1/suggest").then().statusCode(400);
        }
        conversation = "fine";
        Map<String, Object> four = question("Hi");
        four.put("limit", 4);
        bearer().body(four).post("/api/v1/suggest").then().statusCode(400);
        Map<String, Object> stranger = question("Hi");
        stranger.put("earlier", List.of(Map.of("from", "robot", "text", "Hi")));
        bearer().body(stranger).post("/api/v1/suggest").then().statusCode(400);
        bearer().header("Idempotency-Key", "x".repeat(201))
                .body(question("Hi"))
                .post("/api/v1/suggest")
                .then()
                .statusCode(400);
        bearer().body(Map.of("impression", UUID.randomUUID(), "act", "sent", "reply", reply))
                .post("/api/v1/feedback")
                .then()
                .statusCode(404);
        bearer().body(Map.of("impression", UUID.randomUUID(), "act", "sent", "reply", reply, "reason", "wrong"))
                .post("/api/v1/feedback")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("reason"));
        bearer().body(Map.of("impression", UUID.randomUUID(), "act", "liked"))
                .post("/api/v1/feedback")
                .then()
                .statusCode(400);
    }
}
