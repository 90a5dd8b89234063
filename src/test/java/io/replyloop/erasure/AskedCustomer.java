package io.replyloop.erasure;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.conversation.ConversationService;
import io.replyloop.dataset.DatasetService;
import io.replyloop.feedback.AnswerOrigin;
import io.replyloop.feedback.FeedbackService;
import io.replyloop.feedback.Source;
import io.replyloop.identity.BlockedCustomers;
import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.PublishedReplies;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.retrieval.Retrieval;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A customer whose question agents have answered. */
abstract class AskedCustomer {
    /**
     * In all that the customer is and writes. Letters alone, so that nothing takes it for a number, the last of them one
     * that no analysis of words takes for an ending.
     */
    final String word = "quokka" + UUID.randomUUID().toString().replaceAll("[0-9-]", "") + "x";

    @Inject
    ErasureService erasures;

    @Inject
    ConversationService conversations;

    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    DatasetService datasets;

    @Inject
    Retrieval retrieval;

    @Inject
    BlockedCustomers blocked;

    @Inject
    ApplicationFolder files;

    @Inject
    TestChat chat;

    @Inject
    Traces traces;

    @Inject
    Session session;

    @Inject
    Team team;

    Team.Member admin;
    Team.Member agent;
    UUID right;
    UUID wrong;

    @BeforeEach
    void aTeamWithTwoReplies() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
        right = chat.published("A parcel to Zanzibar travels for twelve days.");
        wrong = chat.published("Please tell us your order number.");
    }

    @AfterEach
    void nothingStaysPublished() {
        PublishedReplies.archiveAll(knowledge);
    }

    record Asked(UUID customer, UUID conversation) {}

    /** A question of which one suggestion is rejected, and which the other one answers; the name itself is masked. */
    Asked ask() {
        UUID conversation = chat.silentConversation("Where is my " + word + " parcel?");
        team.sql(
                "update customer set name = 'Mx" + word + "', email = '" + word + "@example.org', external_id = '"
                        + word + UUID.randomUUID()
                        + "' where id = (select customer_id from conversation where id = :value)",
                conversation);
        UUID customer = conversations.summary(conversation).customer().id();
        UUID impression = chat.impression(conversation, List.of(wrong, right), List.of());
        QuarkusTransaction.requiringNew()
                .run(() -> feedback.reject(agent.agent(), UUID.randomUUID(), impression, wrong, "wrong", "no " + word));
        feedback.send(
                agent.agent(),
                conversation,
                UUID.randomUUID(),
                "A parcel to Zanzibar travels for twelve days.",
                impression,
                right,
                null,
                new AnswerOrigin(Source.SUGGESTION, "Dear " + word, "find " + word, 100L));
        return new Asked(customer, conversation);
    }
}
