package io.replyloop.feedback;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.conversation.Posted;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A customer's question, two replies that an agent sees below it, and one that was ranked but not shown. */
abstract class QuestionWithSuggestions {
    @Inject
    FeedbackService feedback;

    @Inject
    KnowledgeService knowledge;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    SignedInAgent agent;
    UUID first;
    UUID second;
    UUID unshown;
    UUID conversation;
    UUID impression;

    @BeforeEach
    void aQuestionWithTwoSuggestions() {
        agent = team.newMember(Role.AGENT).agent();
        first = chat.published("A parcel to Zanzibar travels for twelve days.");
        second = chat.published("Please tell us your order number.");
        unshown = chat.published("You can pay by invoice.");
        conversation = chat.silentConversation("Hello", "Where is my parcel?");
        impression = chat.impression(conversation, List.of(first, second), List.of(unshown));
    }

    @AfterEach
    void nothingStaysPublished() {
        knowledge.all().stream()
                .filter(reply -> reply.state() == ReplyState.PUBLISHED)
                .forEach(reply -> knowledge.archive(reply.id(), null));
    }

    Posted send(String text, UUID shown, UUID reply) {
        return feedback.send(agent, conversation, UUID.randomUUID(), text, shown, reply, null);
    }

    List<Decision> decisions() {
        return decisions(impression);
    }

    static List<Decision> decisions(UUID impression) {
        return QuarkusTransaction.requiringNew().call(() -> Decision.list("impressionId", impression));
    }
}
