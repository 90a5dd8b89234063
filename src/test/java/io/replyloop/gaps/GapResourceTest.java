package io.replyloop.gaps;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.programs.ProgramTesting;
import io.replyloop.programs.Scope;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Working the list off, as the page does. */
@QuarkusTest
class GapResourceTest {
    private static final String GROUPS = "/api/unanswered";
    private static final Map<String, Object> DRAFT =
            Map.of("title", "Parrots in the shop", "text", "Yes, parrots are welcome in the shop.", "language", "en");

    @Inject
    TestChat chat;

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    Team team;

    @Inject
    ProgramTesting programs;

    private Team.Member admin;
    private Team.Member agent;
    private UUID parcel;

    @BeforeEach
    void onlyWhatThisTestAsks() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
        team.sql(
                "update impression set created_at = now() - interval '200 days' where id is distinct from :value",
                UUID.randomUUID());
        team.sql("delete from gap where id is distinct from :value", UUID.randomUUID());
        parcel = chat.published("A parcel to Zanzibar travels for twelve days.");
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }

    /** Asked without a suggestion, and answered by an agent where there is an answer. */
    private UUID asked(String question, String answer) {
        UUID conversation = chat.silentConversation(question);
        UUID shown = chat.impression(conversation, List.of(), List.of(parcel));
        if (answer != null) {
            feedback.send(agent.agent(), conversation, UUID.randomUUID(), answer, shown, null, null);
        }
        return shown;
    }

    private void threeAboutParrots() {
        asked("Can I bring my parrot into the shop?", "Yes, parrots are welcome in the shop.");
        asked("Is it allowed to bring a parrot into your shop?", "Parrots are welcome! Write to bird@example.org");
        asked("May a parrot come into the shop with me?", null);
    }

    /** Once the look is over; with the encoder, which comes a moment after the start. */
    private JsonPath list() {
        return await().atMost(Duration.ofMinutes(2))
                .until(
                        () -> as(admin)
                                .get(GROUPS)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        found -> found.get("progress") == null && found.getBoolean("byMeaning"));
    }

    private String onlyGroup() {
        JsonPath found = list();
        assertThat(found.getInt("groups")).as(found::prettify).isEqualTo(1);
        return found.getString("items[0].id");
    }

    @Test
    void questions_of_one_meaning_are_a_group_with_what_agents_wrote_and_without_personal_data() {
        threeAboutParrots();
        asked("How do I cancel my newsletter?", null);
        asked("Thanks!", null);
        asked("ok 4711", null);

        JsonPath found = list();

        assertThat(found.getInt("questions")).as(found::prettify).isEqualTo(4);
        assertThat(found.getInt("groups")).isEqualTo(2);
        assertThat(found.getInt("days")).isEqualTo(90);
        assertThat(found.getBoolean("anyAsked")).isTrue();
        assertThat(found.getInt("items[0].count")).isEqualTo(3);
        assertThat(found.getList("items[0].languages")).isEqualTo(List.of("en"));
        assertThat(found.getList("items[0].examples.text"))
                .containsExactlyInAnyOrder(
                        "Can I bring my parrot into the shop?",
                        "Is it allowed to bring a parrot into your shop?",
                        "May a parrot come into the shop with me?");
        assertThat(found.getList("items[0].answers.text"))
                .containsExactlyInAnyOrder(
                        "Yes, parrots are welcome in the shop.", "Parrots are welcome! Write to [email]");
        assertThat(found.getList("items[1].answers")).isEmpty();
        as(admin).get(GROUPS + "?limit=1").then().body("items", hasSize(1)).body("groups", equalTo(2));
        String next = as(admin).get(GROUPS + "?limit=1").path("next");
        as(admin)
                .queryParam("cursor", next)
                .get(GROUPS)
                .then()
                .body("items", hasSize(1))
                .body("items[0].examples[0].text", equalTo("How do I cancel my newsletter?"))
                .body("next", equalTo(null));
        as(admin).get(GROUPS + "?cursor=made-up").then().statusCode(400);
    }

    @Test
    void what_was_written_in_another_desk_stands_there_like_what_was_written_here() {
        ProgramTesting.Token desk = programs.token(Scope.SUGGEST, Scope.FEEDBACK);
        String impression = programs.bearer(desk)
                .body(Map.of("conversation", "desk:" + UUID.randomUUID(), "question", "Do you sell live parrots?"))
                .post("/api/v1/suggest")
                .then()
                .statusCode(200)
                .extract()
                .path("impression");
        programs.bearer(desk)
                .body(Map.of(
                        "impression",
                        impression,
                        "act",
                        "own-text",
                        "text",
                        "We sell no animals, sorry. Write to ada@example.org."))
                .post("/api/v1/feedback")
                .then()
                .statusCode(200);

        JsonPath found = list();

        assertThat(found.getList("items[0].answers.text"))
                .as(found::prettify)
                .isEqualTo(List.of("We sell no animals, sorry. Write to [email]."));
    }

    @Test
    void where_nobody_has_asked_the_list_says_so() {
        JsonPath found = list();

        assertThat(found.getInt("questions")).isZero();
        assertThat(found.getBoolean("anyAsked")).isFalse();
    }

    @Test
    void a_draft_begins_with_what_was_asked_and_answered_and_leaves_the_list_once_it_is_published() {
        threeAboutParrots();
        long drafts = drafts();
        String group = onlyGroup();
        as(admin)
                .get(GROUPS + "/" + group + "/draft")
                .then()
                .statusCode(200)
                .body("title", containsString("parrot"))
                .body("text", containsString("welcome"))
                .body("language", equalTo("en"))
                .body("questions", hasSize(3))
                .body("answers", hasSize(2));

        String reply = as(admin)
                .body(DRAFT)
                .post(GROUPS + "/" + group + "/draft")
                .then()
                .statusCode(201)
                .body("state", equalTo("draft"))
                .body("questions", equalTo(3))
                .extract()
                .path("id");

        JsonPath drafted = list();
        assertThat(drafted.getString("items[0].draft.reply")).isEqualTo(reply);
        assertThat(drafted.getString("items[0].draft.state")).isEqualTo("draft");
        as(admin)
                .body(DRAFT)
                .post(GROUPS + "/" + group + "/draft")
                .then()
                .statusCode(409)
                .body("detail", containsString("Parrots in the shop"));
        assertThat(drafts()).isEqualTo(drafts + 1);

        as(admin).post("/api/replies/" + reply + "/publish").then().statusCode(200);
        assertThat(list().getInt("groups")).isZero();
        as(admin)
                .get(GROUPS + "/" + group)
                .then()
                .statusCode(404)
                .body("detail", containsString("Load the page again"));
    }

    @Test
    void a_draft_that_is_archived_was_none() {
        threeAboutParrots();
        String group = onlyGroup();
        String reply =
                as(admin).body(DRAFT).post(GROUPS + "/" + group + "/draft").path("id");

        as(admin).post("/api/replies/" + reply + "/archive").then().statusCode(200);

        assertThat(list().getMap("items[0]")).doesNotContainKey("draft");
        as(admin).body(DRAFT).post(GROUPS + "/" + group + "/draft").then().statusCode(201);
    }

    @Test
    void what_a_reply_that_was_published_elsewhere_answers_leaves_the_list() {
        threeAboutParrots();
        onlyGroup();

        String reply = as(admin)
                .body(Map.of("title", "Can I bring my parrot into the shop?", "text", "Parrots are welcome."))
                .post("/api/replies")
                .path("id");
        assertThat(list().getInt("groups")).as("a draft answers nobody").isEqualTo(1);
        as(admin).post("/api/replies/" + reply + "/publish").then().statusCode(200);

        assertThat(list().getInt("groups")).isZero();
    }

    @Test
    void what_agents_have_rejected_is_no_answer_by_now() {
        UUID parrots = chat.published("Parrots are not allowed in the shop.");
        UUID conversation = chat.silentConversation("Are parrots allowed in the shop?");
        UUID shown = chat.impression(conversation, List.of(parrots), List.of(parcel));
        feedback.reject(agent.agent(), UUID.randomUUID(), shown, parrots, "wrong", null);

        assertThat(list().getInt("groups")).isEqualTo(1);
    }

    @Test
    void a_group_that_is_set_aside_comes_back_when_it_has_grown_markedly_or_is_taken_back() {
        asked("Can I bring my parrot into the shop?", null);
        String group = onlyGroup();
        as(admin)
                .body(Map.of("reason", " Ask grace@example.org about birds "))
                .put(GROUPS + "/" + group + "/set-aside")
                .then()
                .statusCode(204);

        JsonPath without = list();
        assertThat(without.getInt("groups")).isZero();
        assertThat(without.getInt("setAside")).isEqualTo(1);
        as(admin)
                .get(GROUPS + "/set-aside")
                .then()
                .body("reason", hasItem("Ask [email] about birds"))
                .body("[0].questions", equalTo(1))
                .body("[0].examples.text", hasItem("Can I bring my parrot into the shop?"));

        asked("Can I bring my parrot into your shop?", null);
        asked("Could I bring my parrot into the shop?", null);
        assertThat(list().getInt("groups")).as("two more").isZero();
        asked("Can I bring a parrot into the shop?", null);
        JsonPath again = list();
        assertThat(again.getInt("items[0].count")).as(again::prettify).isEqualTo(4);
        assertThat(again.getString("items[0].setAside.reason")).isEqualTo("Ask [email] about birds");

        as(admin)
                .body(Map.of("reason", "Still"))
                .put(GROUPS + "/" + again.getString("items[0].id") + "/set-aside")
                .then()
                .statusCode(204);
        assertThat(list().getInt("groups")).isZero();
        String decision = as(admin).get(GROUPS + "/set-aside").path("[0].id");
        as(admin).delete(GROUPS + "/set-aside/" + decision).then().statusCode(204);
        assertThat(list().getInt("groups")).isEqualTo(1);
        as(admin)
                .delete(GROUPS + "/set-aside/" + decision)
                .then()
                .statusCode(404)
                .body("detail", startsWith("This group is not set aside any more."));
    }

    private long drafts() {
        return knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.DRAFT)
                .count();
    }

    @Test
    void only_admins_see_and_work_off_what_nobody_could_answer() {
        UUID shown = asked("Can I bring my parrot into the shop?", null);
        String group = GROUPS + "/" + shown;
        String conversation = GROUPS + "/conversations/" + UUID.randomUUID();
        Map<String, Object> reason = Map.of("reason", "No");
        for (String address : List.of(GROUPS, group, group + "/draft", GROUPS + "/set-aside", conversation)) {
            as(agent).get(address).then().statusCode(403).body("code", equalTo("not-allowed"));
            nobody().get(address).then().statusCode(401);
        }
        for (String address : List.of(group + "/draft", conversation + "/draft", GROUPS + "/similar")) {
            as(agent).body(DRAFT).post(address).then().statusCode(403);
            nobody().body(DRAFT).post(address).then().statusCode(401);
        }
        as(agent).body(reason).put(group + "/set-aside").then().statusCode(403);
        nobody().body(reason).put(group + "/set-aside").then().statusCode(401);
        as(agent).delete(GROUPS + "/set-aside/" + UUID.randomUUID()).then().statusCode(403);
        nobody().delete(GROUPS + "/set-aside/" + UUID.randomUUID()).then().statusCode(401);
    }

    @Test
    void what_is_too_long_or_missing_is_refused_and_changes_nothing() {
        asked("Can I bring my parrot into the shop?", null);
        String group = GROUPS + "/" + onlyGroup();

        as(admin)
                .body(Map.of("reason", " "))
                .put(group + "/set-aside")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("reason"));
        as(admin)
                .body(Map.of("reason", "x".repeat(501)))
                .put(group + "/set-aside")
                .then()
                .statusCode(400);
        as(admin).body("").put(group + "/set-aside").then().statusCode(400);
        as(admin)
                .body(Map.of("title", "T", "text", ""))
                .post(group + "/draft")
                .then()
                .statusCode(400);
        as(admin).body("").post(group + "/draft").then().statusCode(400);
        as(admin)
                .body(Map.of("title", "T", "text", "x".repeat(8001)))
                .post(GROUPS + "/similar")
                .then()
                .statusCode(400);
        as(admin)
                .body(Map.of("reason", "x"))
                .put(GROUPS + "/" + UUID.randomUUID() + "/set-aside")
                .then()
                .statusCode(404);

        assertThat(list().getInt("groups")).isEqualTo(1);
    }
}
