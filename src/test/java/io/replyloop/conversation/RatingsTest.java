package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RatingsTest {
    @Inject
    Ratings ratings;

    @Inject
    ConversationService conversations;

    @Inject
    People people;

    @Inject
    Session database;

    private CustomerIdentity customer;
    private SignedInAgent agent;
    private UUID conversation;
    private long resolution;

    @BeforeEach
    void aConversationIsResolved() {
        customer = people.customer("Wei");
        agent = people.agent("Ada");
        conversation = conversations
                .customerMessage(customer, UUID.randomUUID(), "Hello?")
                .event()
                .conversation();
        conversations.note(agent, conversation, UUID.randomUUID(), "a note moves the agents' numbers alone");
        resolution = resolved();
    }

    private long resolved() {
        return conversations
                .changeStatus(agent, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null)
                .event()
                .publicSequence();
    }

    private RatingView rate(Integer score, String comment) {
        return ratings.rate(customer, null, UUID.randomUUID(), resolution, score, comment);
    }

    private void sql(String statement, Map<String, ?> values) {
        QuarkusTransaction.requiringNew().run(() -> {
            var query = database.createNativeMutationQuery(statement);
            values.forEach(query::setParameter);
            query.executeUpdate();
        });
    }

    private ProblemCode refused(Runnable act) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(act::run)
                .actual()
                .code();
    }

    @Test
    void a_rating_is_kept_with_the_resolution_and_the_agent_who_resolved() {
        RatingView rating = rate(4, "  Quick and kind. ");

        assertThat(rating.conversation()).isEqualTo(conversation);
        assertThat(rating.resolution()).isEqualTo(3);
        assertThat(rating.publicSequence()).isEqualTo(2);
        assertThat(rating.score()).isEqualTo(4);
        assertThat(rating.comment()).isEqualTo("Quick and kind.");
        assertThat(rating.changeableUntil()).isEqualTo(rating.at().plus(Duration.ofDays(1)));
        assertThat(ratings.ofConversation(conversation)).hasSize(1);
        assertThat(QuarkusTransaction.requiringNew()
                        .call(() -> database.createNativeQuery(
                                        "select resolved_by from conversation_rating where conversation_id = :id",
                                        UUID.class)
                                .setParameter("id", conversation)
                                .getSingleResult()))
                .isEqualTo(agent.id());
    }

    @Test
    void the_same_act_once_more_changes_nothing() {
        UUID act = UUID.randomUUID();
        RatingView first = ratings.rate(customer, null, act, resolution, 2, null);

        assertThat(ratings.rate(customer, null, act, resolution, 5, "another")).isEqualTo(first);
    }

    @Test
    void it_may_be_changed_for_a_day_after_the_first_word() {
        RatingView first = rate(2, "slow");
        assertThat(rate(5, null).score()).isEqualTo(5);
        assertThat(ratings.newest(conversation).orElseThrow().changeableUntil()).isEqualTo(first.changeableUntil());

        sql(
                "update conversation_rating set rated_at = rated_at - interval '25 hours' where conversation_id = :id",
                Map.of("id", conversation));

        assertThat(refused(() -> rate(1, null))).isEqualTo(ProblemCode.CONFLICT);
        assertThat(ratings.newest(conversation).orElseThrow().score()).isEqualTo(5);
    }

    @Test
    void who_would_rather_not_say_is_remembered_may_say_so_later_and_takes_no_word_back() {
        RatingView silent = rate(null, "not kept");
        assertThat(silent.score()).isNull();
        assertThat(silent.comment()).isNull();
        assertThat(ratings.newest(conversation)).contains(silent);
        assertThat(ratings.ofConversation(conversation)).isEmpty();

        assertThat(rate(3, null).score()).isEqualTo(3);
        assertThat(rate(null, null).score()).isEqualTo(3);
    }

    @Test
    void each_resolution_has_a_rating_of_its_own() {
        rate(1, null);
        conversations.customerMessage(customer, UUID.randomUUID(), "It is still broken");
        resolution = resolved();
        rate(5, null);

        assertThat(ratings.ofConversation(conversation))
                .extracting(RatingView::score)
                .containsExactly(5, 1);
    }

    @Test
    void only_a_resolution_of_ones_own_conversation_and_only_a_score_of_one_to_five_counts() {
        assertThat(refused(() -> ratings.rate(customer, null, UUID.randomUUID(), 1, 5, null)))
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(() -> ratings.rate(people.customer(null), null, UUID.randomUUID(), resolution, 5, null)))
                .isEqualTo(ProblemCode.NOT_FOUND);
        assertThat(refused(() -> rate(0, null))).isEqualTo(ProblemCode.INVALID);
        assertThat(refused(() -> rate(6, null))).isEqualTo(ProblemCode.INVALID);
        assertThat(ratings.newest(conversation)).isEmpty();
    }

    @Test
    void a_site_that_does_not_ask_takes_no_rating() {
        sql("update site set rating_asked = false where id = :id", Map.of("id", customer.siteId()));

        assertThat(refused(() -> rate(5, null))).isEqualTo(ProblemCode.NOT_ALLOWED);
    }
}
