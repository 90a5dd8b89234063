package io.replyloop.erasure;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationErasures;
import io.replyloop.conversation.ConversationErasures.AtRest;
import io.replyloop.identity.CustomerMerging;
import io.replyloop.identity.Customers;
import io.replyloop.platform.Problem;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customers who were merged are erased and exported as the one person that they are. */
@QuarkusTest
class ErasedPersonTest extends AskedCustomer {
    @Inject
    CustomerMerging merging;

    @Inject
    Customers customers;

    @Inject
    ConversationErasures old;

    private Asked kept;
    private Asked other;

    @BeforeEach
    void twoAreMerged() {
        kept = ask();
        other = ask();
        merging.merge(kept.customer(), other.customer(), agent.agent());
    }

    @Test
    void whoever_of_them_is_erased_all_of_the_person_is() {
        as(agent)
                .body(Map.of("id", UUID.randomUUID(), "text", "Likes " + word))
                .post("/api/customers/" + kept.customer() + "/notes")
                .then()
                .statusCode(200);
        blocked.block(kept.customer(), agent.agent(), word);

        ErasureReport report = erasures.erase(other.customer(), admin.agent().id(), null);

        assertThat(traces.inDatabase(word)).isEmpty();
        for (Asked one : List.of(kept, other)) {
            assertThat(traces.inDatabase(one.conversation().toString())).containsOnly("erased_conversation.id");
        }
        assertThat(traces.inDatabase(other.customer().toString())).containsOnly("erased_customer.customer_id");
        assertThat(report.customer()).isEqualTo(kept.customer());
        assertThat(report.removed().path("customers").asInt()).isEqualTo(2);
        assertThat(report.removed().path("conversations").asInt()).isEqualTo(2);
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> merging.merge(kept.customer(), other.customer(), agent.agent()));
    }

    @Test
    void after_they_are_separated_each_is_erased_alone() {
        merging.separate(kept.customer(), other.customer());

        erasures.erase(kept.customer(), admin.agent().id(), null);

        assertThat(conversations.summary(other.conversation()).customer().id()).isEqualTo(other.customer());
        assertThat(conversations.eventsAfter(other.conversation(), 0, 10)).isNotEmpty();
    }

    @Test
    void after_they_are_separated_nothing_names_the_other_one_who_is_erased() {
        merging.separate(kept.customer(), other.customer());

        erasures.erase(other.customer(), admin.agent().id(), null);

        assertThat(traces.inDatabase(other.customer().toString()))
                .containsOnly("erased_customer.customer_id", "erasure.customer_id", "audit_entry.object_id");
        assertThat(customers.find(kept.customer())).isPresent();
    }

    @Test
    void who_has_lost_their_conversations_to_the_rule_goes_once_they_are_separated() {
        for (Asked one : List.of(kept, other)) {
            team.sql("update customer set created_at = now() - interval '10 days' where id = :value", one.customer());
        }
        team.sql(
                "update conversation set updated_at = now() - interval '9 days' where id = :value",
                kept.conversation());
        AtRest rule = new AtRest(null, Instant.now().minusSeconds(86_400));
        assertThat(erasures.eraseAtRest(kept.customer(), rule)).isPresent();
        assertThat(old.customers(rule, 200)).doesNotContain(kept.customer(), other.customer());
        long due = old.count(rule);

        merging.separate(kept.customer(), other.customer());

        assertThat(old.count(rule)).isEqualTo(due + 1);
        assertThat(old.customers(rule, 200)).contains(kept.customer()).doesNotContain(other.customer());
        assertThat(erasures.eraseAtRest(kept.customer(), rule)).isPresent();
        assertThat(erasures.eraseAtRest(kept.customer(), rule)).isEmpty();
        assertThat(customers.find(kept.customer())).isEmpty();
        assertThat(customers.find(other.customer())).isPresent();
    }

    @Test
    void a_person_is_kept_as_long_as_one_of_their_conversations_is() {
        team.sql(
                "update conversation set updated_at = now() - interval '9 days' where id = :value",
                kept.conversation());
        AtRest rule = new AtRest(null, Instant.now().minusSeconds(86_400));

        assertThat(erasures.eraseAtRest(kept.customer(), rule)).isPresent();

        assertThat(conversations.summary(other.conversation()).customer().id()).isEqualTo(kept.customer());
        assertThat(conversations.allOfCustomer(kept.customer())).hasSize(1);
        team.sql(
                "update conversation set updated_at = now() - interval '9 days' where id = :value",
                other.conversation());
        assertThat(erasures.eraseAtRest(other.customer(), rule)).isPresent();
        assertThat(traces.inDatabase(word)).isEmpty();
        assertThat(erasures.eraseAtRest(kept.customer(), rule)).isEmpty();
    }

    @Test
    void an_export_holds_both() {
        as(admin)
                .get("/api/customers/" + other.customer() + "/export")
                .then()
                .statusCode(200)
                .body("customer.id", equalTo(kept.customer().toString()))
                .body("merged.customer.id", contains(other.customer().toString()))
                .body(
                        "conversations.conversation.id",
                        containsInAnyOrder(
                                kept.conversation().toString(),
                                other.conversation().toString()));
    }

    @Test
    void either_name_is_masked_in_what_is_learned_from_either_conversation() {
        team.sql("update customer set name = 'Zuleika' where id = :value", kept.customer());
        UUID conversation = chat.silentConversation("Where is it?");
        UUID third = conversations.summary(conversation).customer().id();
        team.sql("update customer set name = 'Fridolin' where id = :value", third);
        merging.merge(kept.customer(), third, agent.agent());
        UUID impression = chat.impression(conversation, List.of(right), List.of());

        assertThat(conversations.summary(conversation).customer().everyName()).isEqualTo("Zuleika\nFridolin");
        QuarkusTransaction.requiringNew()
                .run(() -> feedback.reject(
                        agent.agent(),
                        UUID.randomUUID(),
                        impression,
                        right,
                        "wrong",
                        "Zuleika is Fridolin and not pleased"));

        assertThat(traces.inDatabase("is Fridolin")).isEmpty();
        assertThat(traces.inDatabase("Zuleika is")).isEmpty();
        assertThat(traces.inDatabase("and not pleased")).contains("decision.comment");
    }
}
