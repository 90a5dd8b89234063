package io.replyloop.erasure;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.Ratings;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What customers say beside their messages. */
@QuarkusTest
class ErasedWordsOfCustomersTest {
    private final String word = "numbat" + UUID.randomUUID().toString().replaceAll("[0-9-]", "");

    @Inject
    ErasureService erasures;

    @Inject
    ConversationService conversations;

    @Inject
    Ratings ratings;

    @Inject
    TestChat chat;

    @Inject
    Traces traces;

    @Inject
    Team team;

    private Team.Member admin;
    private CustomerIdentity customer;
    private UUID conversation;

    @BeforeEach
    void aCustomerWrites() {
        admin = team.newMember(Role.ADMIN);
        customer = chat.customer();
        conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "Hello")
                .event()
                .conversation();
    }

    @Test
    void a_rating_is_given_out_with_the_conversation_and_goes_with_it() {
        long resolution = conversations
                .changeStatus(admin.agent(), conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null)
                .event()
                .publicSequence();
        ratings.rate(customer, UUID.randomUUID(), resolution, 5, "Thanks, says " + word);

        as(admin)
                .get("/api/customers/" + customer.id() + "/export")
                .then()
                .statusCode(200)
                .body("ratings[0].score", equalTo(5))
                .body("ratings[0].comment", equalTo("Thanks, says " + word));
        assertThat(traces.inDatabase(word)).containsOnly("conversation_rating.comment");

        erasures.erase(customer.id(), admin.agent().id(), null);

        assertThat(traces.inDatabase(word)).isEmpty();
        assertThat(traces.inDatabase(conversation.toString())).containsOnly("erased_conversation.id");
    }
}
