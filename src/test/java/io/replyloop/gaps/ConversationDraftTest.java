package io.replyloop.gaps;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.identity.Role;
import io.replyloop.retrieval.PublishedMeanings;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies from a single conversation, and the look for those that say the same already. */
@QuarkusTest
class ConversationDraftTest {
    private static final String GROUPS = "/api/unanswered";

    @Inject
    TestChat chat;

    @Inject
    FeedbackService feedback;

    @Inject
    PublishedMeanings published;

    @Inject
    Session database;

    @Inject
    Team team;

    private Team.Member admin;
    private Team.Member agent;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
    }

    @Test
    void a_reply_from_a_conversation_begins_with_the_longest_answer_or_the_one_that_is_named() {
        UUID conversation = chat.silentConversation("Hi", "Do you groom parrots? My number is 079 123 45 67");
        send(conversation, "One moment.");
        send(conversation, "Yes, we groom parrots on Mondays, at ten.");

        as(admin)
                .get(GROUPS + "/conversations/" + conversation)
                .then()
                .statusCode(200)
                .body("title", equalTo("Do you groom parrots?"))
                .body("text", equalTo("One moment.\nYes, we groom parrots on Mondays, at ten."))
                .body("answers[0].sequence", equalTo(2));
        as(admin)
                .get(GROUPS + "/conversations/" + conversation + "?message=5")
                .then()
                .body("text", equalTo("Yes, we groom parrots on Mondays, at ten."))
                .body("answers", hasSize(2));
        as(admin)
                .get(GROUPS + "/conversations/" + conversation + "?message=2")
                .then()
                .statusCode(404);
        as(admin).get(GROUPS + "/conversations/" + UUID.randomUUID()).then().statusCode(404);

        as(admin)
                .body(Map.of("title", "Grooming", "text", "Yes, on Mondays."))
                .post(GROUPS + "/conversations/" + conversation + "/draft?question=2")
                .then()
                .statusCode(201)
                .body("questions", equalTo(1));
        // By which an erasure finds it.
        assertThat(QuarkusTransaction.requiringNew()
                        .call(() -> database.createNativeQuery(
                                        "select count(*) from answered_question where source_id like :source",
                                        Long.class)
                                .setParameter("source", "conversation:" + conversation + ":2:%")
                                .getSingleResult()))
                .isEqualTo(1);
    }

    @Test
    void what_the_customer_is_called_is_no_part_of_a_draft() {
        UUID conversation = chat.silentConversation("Kim Lee here, do you groom parrots?");
        team.sql(
                "update customer set name = 'Kim Lee' where id = (select customer_id from conversation where id = :value)",
                conversation);
        send(conversation, "Dear Kim, yes, we groom parrots on Mondays.");

        as(admin)
                .get(GROUPS + "/conversations/" + conversation)
                .then()
                .body("title", equalTo("[name] here, do you groom parrots?"))
                .body("text", equalTo("Dear [name], yes, we groom parrots on Mondays."));
    }

    private void send(UUID conversation, String text) {
        feedback.send(agent.agent(), conversation, UUID.randomUUID(), text, null, null, null);
    }

    @Test
    void replies_that_say_the_same_are_found_in_every_state_by_words_and_by_meaning() {
        // It comes a moment after the start.
        await().atMost(Duration.ofMinutes(2)).until(() -> published.now().encoder() != null);
        String draft = as(admin)
                .body(Map.of(
                        "title", "Gift wrapping", "text", "We wrap gifts for three euros; choose it at the checkout."))
                .post("/api/replies")
                .path("id");
        String archived = as(admin)
                .body(Map.of("title", "Presents", "text", "Your present can be wrapped as a gift for three euros."))
                .post("/api/replies")
                .path("id");
        as(admin).post("/api/replies/" + archived + "/archive");

        as(admin)
                .body(Map.of("title", "Wrapping", "text", "we wrap gifts for three euros;  choose it at the checkout."))
                .post(GROUPS + "/similar")
                .then()
                .statusCode(200)
                .body("[0].id", equalTo(draft))
                .body("[0].same", equalTo(true))
                .body("[0].state", equalTo("draft"))
                .body("id", hasItem(archived));
        as(admin)
                .body(Map.of("title", "Otters", "text", "The otter swims."))
                .post(GROUPS + "/similar")
                .then()
                .body("", hasSize(0));
    }
}
