package io.replyloop.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.feedback.AnswerOrigin;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.feedback.Source;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.PublishedReplies;
import io.replyloop.retrieval.Retrieval;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReasonsTest {
    @Inject
    Reasons reasons;

    @Inject
    Retrieval retrieval;

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    Session session;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private UUID zanzibar;
    private UUID number;

    @BeforeEach
    void someReplies() {
        zanzibar = chat.published("A parcel to Zanzibar travels for twelve days.");
        number = chat.published("您的快递单号是多少？");
        for (int i = 0; i < 12; i++) {
            chat.published("A parcel of kind " + i + " is something else.");
        }
        retrieval.candidates("Hello", "Hello");
    }

    @AfterEach
    void nothingStaysPublished() {
        PublishedReplies.archiveAll(knowledge);
    }

    private Why why(String question, UUID reply, Long before, double meaning) {
        return reasons.of(question, List.of(new Reasons.Shown(reply, before, meaning)))
                .get(reply);
    }

    @Test
    void of_a_question_that_a_colleague_answered_it_is_told_without_personal_data_and_by_whom() {
        SignedInAgent ada = team.newMember(Role.AGENT).agent();
        UUID conversation = chat.silentConversation("I am kim@example.org, how long to Zanzibar?");
        UUID impression = chat.impression(conversation, List.of(zanzibar), List.of());
        UUID answer = UUID.randomUUID();
        feedback.send(
                ada,
                conversation,
                answer,
                "A parcel to Zanzibar travels for twelve days.",
                impression,
                zanzibar,
                null,
                new AnswerOrigin(Source.SUGGESTION, null, null, 100L));
        Long before = session.createNativeQuery(
                        "select id from answered_question where source_id = :answer", Long.class)
                .setParameter("answer", answer.toString())
                .getSingleResult();

        assertThat(why("How long does it take to Zanzibar?", zanzibar, before, 0))
                .isEqualTo(new Why(
                        "before", "I am [email], how long to Zanzibar?", new Person(ada.id(), ada.name()), null));

        team.sql("delete from answered_question where id = :value", before);
        assertThat(why("Zanzibar?", zanzibar, before, 0)).isEqualTo(Why.words(List.of("Zanzibar")));
    }

    @Test
    void words_are_told_that_few_replies_have_as_they_stand_in_the_question() {
        assertThat(why("Is a parcel to ZANZIBAR twelve days under way?", zanzibar, null, 0))
                .isEqualTo(Why.words(List.of("ZANZIBAR", "twelve", "days")));
        assertThat(why("你好，快递单号在哪里看？", number, null, 0)).isEqualTo(Why.words(List.of("快递单号")));
    }

    @Test
    void otherwise_that_it_is_near_in_meaning_or_nothing() {
        assertThat(why("What is something?", zanzibar, null, 0.8)).isEqualTo(Why.meaning());
        assertThat(why("What is something?", zanzibar, null, 0.2)).isNull();
        assertThat(reasons.of("Zanzibar", List.of())).isEqualTo(Map.of());
    }
}
