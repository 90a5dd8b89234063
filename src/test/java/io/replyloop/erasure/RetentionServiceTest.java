package io.replyloop.erasure;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationErasures.AtRest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.MessageContent;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RetentionServiceTest {
    @Inject
    RetentionService retention;

    @Inject
    ErasureService erasures;

    @Inject
    ConversationService conversations;

    @Inject
    Customers customers;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    @AfterEach
    void everythingIsKept() {
        retention.change(new RetentionView(null, null, null), null);
    }

    @Test
    void nothing_is_erased_unless_somebody_says_when() {
        CustomerIdentity old = asked(10_000, "resolved");

        assertThat(retention.rule()).isEqualTo(new RetentionView(null, null, null));
        assertThat(retention.eraseDue()).isZero();
        assertThat(customers.find(old.id())).isPresent();
    }

    @Test
    void resolved_and_open_conversations_are_kept_for_times_of_their_own() {
        CustomerIdentity resolved = asked(31, "resolved");
        CustomerIdentity recent = asked(29, "resolved");
        CustomerIdentity open = asked(31, "open");
        CustomerIdentity forgotten = asked(401, "open");
        RetentionView rule = new RetentionView(30, 400, null);
        long due = retention.due(rule).customers();
        retention.change(rule, null);

        assertThat(retention.eraseDue()).isEqualTo((int) due);

        assertThat(customers.find(resolved.id())).isEmpty();
        assertThat(customers.find(forgotten.id())).isEmpty();
        assertThat(customers.find(recent.id())).isPresent();
        assertThat(customers.find(open.id())).isPresent();
        assertThat(erasures.list(null, 100).items())
                .filteredOn(report -> report.customer().equals(resolved.id()))
                .allSatisfy(report -> {
                    assertThat(report.trigger()).isEqualTo("retention");
                    assertThat(report.requestedBy()).isNull();
                })
                .hasSize(1);
    }

    @Test
    void of_somebody_who_has_begun_another_one_the_earlier_conversation_goes_and_nothing_else() {
        CustomerIdentity customer = asked(31, "resolved");
        UUID earlier = conversations.ofCustomer(customer.id()).orElseThrow().id();
        UUID current = conversations
                .customerMessage(customer, UUID.randomUUID(), MessageContent.of("Something else"), true)
                .event()
                .conversation();
        retention.change(new RetentionView(30, null, null), null);

        retention.eraseDue();

        assertThat(conversations.allOfCustomer(customer.id()))
                .extracting(ConversationSummary::id)
                .containsExactly(current)
                .doesNotContain(earlier);
        assertThat(customers.find(customer.id())).isPresent();
    }

    @Test
    void who_has_written_again_meanwhile_is_kept() {
        CustomerIdentity customer = asked(31, "resolved");
        RetentionView rule = new RetentionView(30, null, null);
        retention.change(rule, null);
        Instant before = Instant.now().minus(Duration.ofDays(30));
        conversations.customerMessage(customer, UUID.randomUUID(), "Again");

        assertThat(erasures.eraseAtRest(customer.id(), new AtRest(before, null)))
                .isEmpty();
        assertThat(customers.find(customer.id())).isPresent();
    }

    @Test
    void admins_alone_say_how_long_conversations_are_kept() {
        asked(31, "resolved");
        Team.Member admin = team.newMember(Role.ADMIN);
        Team.Member agent = team.newMember(Role.AGENT);
        String rule = rule("30", "null", "null");

        as(agent).get("/api/retention").then().statusCode(403);
        as(agent).body(rule).put("/api/retention").then().statusCode(403);
        as(agent).body(rule).post("/api/retention/preview").then().statusCode(403);
        nobody().body(rule).put("/api/retention").then().statusCode(401);
        as(admin).body(rule("0", "null", "null")).put("/api/retention").then().statusCode(400);
        as(admin)
                .body(rule)
                .post("/api/retention/preview")
                .then()
                .statusCode(200)
                .body("customers", greaterThanOrEqualTo(1));
        as(admin).get("/api/retention").then().statusCode(200).body("resolvedAfter", nullValue());
        as(admin).body(rule).put("/api/retention").then().statusCode(200).body("resolvedAfter", equalTo(30));
    }

    @Test
    void a_rule_names_whole_days_for_all_or_says_that_there_are_none() {
        Team.Member admin = team.newMember(Role.ADMIN);
        as(admin)
                .body(rule("36000", "36001", "36002"))
                .put("/api/retention")
                .then()
                .statusCode(200);

        as(admin)
                .body("{}")
                .put("/api/retention")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid"))
                .body("violations[0].field", equalTo("resolvedAfter"));
        as(admin)
                .body("{\"resolvedAfter\": 30}")
                .put("/api/retention")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("openAfter"));
        as(admin)
                .body("{\"resolvedAfter\": 30, \"openAfter\": 30}")
                .put("/api/retention")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("importedAfter"));
        for (String days : new String[] {"1.7", "\"30\"", "true", "1e9"}) {
            as(admin)
                    .body(rule(days, "null", "null"))
                    .put("/api/retention")
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", equalTo("resolvedAfter"));
        }

        assertThat(retention.rule()).isEqualTo(new RetentionView(36_000, 36_001, 36_002));
        as(admin)
                .get("/api/retention")
                .then()
                .body("resolvedAfter", equalTo(36_000))
                .body("openAfter", equalTo(36_001))
                .body("importedAfter", equalTo(36_002));
        as(admin)
                .body(rule("null", "null", "null"))
                .put("/api/retention")
                .then()
                .statusCode(200);
        assertThat(retention.rule()).isEqualTo(new RetentionView(null, null, null));
    }

    private static String rule(String resolvedAfter, String openAfter, String importedAfter) {
        return "{\"resolvedAfter\": " + resolvedAfter + ", \"openAfter\": " + openAfter + ", \"importedAfter\": "
                + importedAfter + "}";
    }

    private CustomerIdentity asked(int daysAgo, String status) {
        CustomerIdentity customer = chat.customer();
        conversations.customerMessage(customer, UUID.randomUUID(), "Where is it?");
        team.sql(
                "update conversation set updated_at = now() - interval '" + daysAgo + " days', status = '" + status
                        + "' where customer_id = :value",
                customer.id());
        return customer;
    }
}
