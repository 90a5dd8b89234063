package io.replyloop.webhooks;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static io.replyloop.webhooks.WebhookTesting.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.ConversationService;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.suggestion.TestChat;
import io.replyloop.webhooks.WebhookTesting.Hook;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What admins do with webhooks, what nobody else can, and what time does to them. */
@QuarkusTest
class WebhookResourceTest {
    @Inject
    WebhookTesting webhooks;

    @Inject
    WebhookUpkeep upkeep;

    @Inject
    ConversationService conversations;

    @Inject
    TestChat chat;

    @Inject
    Team team;

    private TestReceiver receiver;

    @BeforeEach
    void setUp() throws IOException {
        receiver = new TestReceiver();
    }

    @AfterEach
    void tearDown() {
        webhooks.tearDown();
        receiver.close();
    }

    private Hook hook() {
        return webhooks.make(receiver.url(), "none", EventType.MESSAGE_CREATED);
    }

    private void says(String text) {
        conversations.customerMessage(chat.customer(), UUID.randomUUID(), text);
    }

    @Test
    void a_secret_is_shown_once_and_is_sealed_in_the_database() {
        Hook hook = hook();
        assertThat(hook.secret()).startsWith("whsec_");
        String list = as(webhooks.admin()).get("/api/webhooks").asString();
        assertThat(list)
                .contains(hook.id().toString())
                .doesNotContain("whsec_", hook.secret().substring(6));
        String key = hook.secret().substring(6);
        assertThat(team.count(
                        "select count(*) from webhook w where encode(w.secret, 'base64') like '%' || :value || '%'"
                                + " or position(decode(:value, 'base64') in w.secret) > 0",
                        key))
                .isZero();
        assertThat(team.count("select count(*) from audit_entry e where e::text like '%' || :value || '%'", key))
                .isZero();
        assertThat(team.count(
                        "select count(*) from audit_entry e where e::text like '%' || :value || '%'", "key=hidden"))
                .as("what follows the host may be a secret of the receiver's")
                .isZero();
    }

    @Test
    void a_new_secret_signs_beside_the_old_one_for_a_day_or_alone_at_once() {
        Hook hook = hook();
        renew(hook, true).then().body("webhook.previousSecretUntil", notNullValue());
        says("Both");
        await().until(() -> receiver.all().size() == 1);
        assertThat(receiver.all().get(0).signature().split(" ")).hasSize(2);
        Response alone = renew(hook, false);
        alone.then().body("webhook.previousSecretUntil", nullValue());
        assertThat(alone.<String>path("secret")).isNotEqualTo(hook.secret());
        says("One");
        await().until(() -> receiver.all().size() == 2);
        assertThat(receiver.all().get(1).signature().split(" ")).hasSize(1);
    }

    private Response renew(Hook hook, boolean keeps) {
        Response renewed =
                as(webhooks.admin()).body(Map.of("keepsPrevious", keeps)).post(hook.address() + "/renew");
        renewed.then().statusCode(200);
        return renewed;
    }

    @Test
    void a_test_is_sent_at_once_and_stands_in_the_log() {
        Hook hook = hook();
        as(webhooks.admin())
                .post(hook.address() + "/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(true))
                .body("status", equalTo(204));
        assertThat(receiver.types()).containsExactly("ping");
        receiver.answers((request, received) -> {
            byte[] answer = "Wrong <b>door</b>".getBytes();
            request.sendResponseHeaders(404, answer.length);
            request.getResponseBody().write(answer);
        });
        as(webhooks.admin())
                .post(hook.address() + "/test")
                .then()
                .body("delivered", equalTo(false))
                .body("failure", equalTo("status"))
                .body("status", equalTo(404))
                .body("answer", equalTo("Wrong <b>door</b>"));
        Response log = as(webhooks.admin()).get(hook.address() + "/deliveries");
        log.then()
                .body("items", hasSize(2))
                .body("items[0].type", equalTo("ping"))
                .body("items[0].state", equalTo("dead"))
                .body("items[0].conversation", nullValue());
        String ping = log.path("items[0].id");
        as(webhooks.admin())
                .post(hook.address() + "/deliveries/" + ping + "/repeat")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"));
    }

    @Test
    void the_log_is_read_by_state_and_page_by_page_with_what_was_sent_and_answered() {
        Hook hook = hook();
        for (int number = 1; number <= 5; number++) {
            says("Number " + number);
        }
        await().until(() -> webhooks.deliveries(hook, "state")
                .equals(List.of("delivered", "delivered", "delivered", "delivered", "delivered")));
        Response first = as(webhooks.admin()).get(hook.address() + "/deliveries?state=delivered&limit=3");
        first.then().body("items", hasSize(3));
        Response rest = as(webhooks.admin())
                .get(hook.address() + "/deliveries?state=delivered&limit=3&cursor=" + first.path("next"));
        rest.then().body("items", hasSize(2)).body("next", nullValue());
        String id = rest.path("items[1].id");
        as(webhooks.admin())
                .get(hook.address() + "/deliveries/" + id)
                .then()
                .statusCode(200)
                .body("delivery.attempts", equalTo(1))
                .body("body", containsString("message.created"));
        as(webhooks.admin())
                .get(hook.address() + "/deliveries?state=dead")
                .then()
                .body("items", hasSize(0));
        as(webhooks.admin())
                .get(hook.address() + "/deliveries?state=lost")
                .then()
                .statusCode(400);
        as(webhooks.admin())
                .get(hook.address() + "/deliveries?cursor=made-up")
                .then()
                .statusCode(400);
        Hook other = hook();
        as(webhooks.admin()).get(other.address() + "/deliveries/" + id).then().statusCode(404);
    }

    @Test
    void nobody_but_admins_has_to_do_with_webhooks() {
        Hook hook = hook();
        Map<String, Object> wanted = settings(receiver.url(), "full", EventType.MESSAGE_CREATED);
        Team.Member agent = team.newMember(Role.AGENT);
        assertThat(List.of(
                        as(agent).get("/api/webhooks").statusCode(),
                        as(agent).body(wanted).post("/api/webhooks").statusCode(),
                        as(agent).body(wanted).put(hook.address()).statusCode(),
                        as(agent).delete(hook.address()).statusCode(),
                        as(agent).body(Map.of()).post(hook.address() + "/renew").statusCode(),
                        as(agent).post(hook.address() + "/test").statusCode(),
                        as(agent).get(hook.address() + "/deliveries").statusCode(),
                        as(agent).post(hook.address() + "/repeat-dead").statusCode()))
                .containsOnly(403);
        nobody().get("/api/webhooks").then().statusCode(401);
        assertThat(receiver.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1/, private network",
        "https://169.254.169.254/latest/meta-data, private network",
        "http://1.1.1.1/, Use https",
        "https://nobody.invalid/, is not known",
        "ftp://example.com/, whole address",
        "https://me:secret@example.com/, without a name or password"
    })
    void an_address_that_may_not_or_cannot_be_sent_to_is_refused_with_the_reason(String url, String reason) {
        as(webhooks.admin())
                .body(settings(url, "none", EventType.MESSAGE_CREATED))
                .post("/api/webhooks")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("url"))
                .body("detail", containsString(reason));
    }

    @Test
    void bad_input_changes_nothing() {
        Hook hook = hook();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("types", List.of()),
                Map.of("types", List.of("ping")),
                Map.of("types", List.of("message.deleted")),
                Map.of("texts", "some"),
                Map.of("name", " "),
                Map.of("url", "https://example.com/" + "x".repeat(2_000)))) {
            Map<String, Object> body = new HashMap<>(settings(receiver.url(), "full", EventType.RUN_FINISHED));
            body.putAll(wrong);
            as(webhooks.admin()).body(body).put(hook.address()).then().statusCode(400);
        }
        as(webhooks.admin())
                .get("/api/webhooks")
                .then()
                .body("find { it.id == '" + hook.id() + "' }.types", equalTo(List.of("message.created")));
        String unknown = "/api/webhooks/" + UUID.randomUUID();
        as(webhooks.admin())
                .body(settings(receiver.url(), "full", EventType.RUN_FINISHED))
                .put(unknown)
                .then()
                .statusCode(404);
        as(webhooks.admin()).post(unknown + "/test").then().statusCode(404);
        as(webhooks.admin()).delete(unknown).then().statusCode(204);
    }

    @Test
    void a_receiver_that_takes_nothing_for_days_is_given_up_until_an_admin_switches_it_on() {
        receiver.answers(TestReceiver.status(500));
        Hook hook = hook();
        says("Hello");
        await().until(() -> webhooks.state(hook) == WebhookView.State.FAILING);
        upkeep.all();
        assertThat(webhooks.state(hook)).isEqualTo(WebhookView.State.FAILING);
        team.sql(
                "update webhook set failing_since = now() - interval '6 days' where id = cast(:value as uuid)",
                hook.id().toString());
        team.sql(
                "update webhook_delivery set since = now() - interval '2 days' where webhook_id = cast(:value as uuid)",
                hook.id().toString());
        upkeep.all();
        assertThat(webhooks.state(hook)).isEqualTo(WebhookView.State.GIVEN_UP);
        assertThat(team.count(
                        "select count(*) from audit_entry where action = 'webhook.switched-off' and actor_kind = 'system'"
                                + " and object_id = :value",
                        hook.id().toString()))
                .isEqualTo(1);
        // As if a node had died while it was sending: nobody takes its claim over where nothing is sent.
        team.sql(
                "update webhook_stream set claim = gen_random_uuid(), next_at = now() - interval '1 minute'"
                        + " where webhook_id = cast(:value as uuid)",
                hook.id().toString());
        await().untilAsserted(() -> {
            upkeep.all();
            assertThat(webhooks.deliveries(hook, "state")).containsExactly("dead");
        });
        as(webhooks.admin()).post(hook.address() + "/repeat-dead").then().statusCode(409);
        receiver.answers(TestReceiver.status(200));
        as(webhooks.admin())
                .body(settings(receiver.url(), "none", EventType.MESSAGE_CREATED))
                .put(hook.address())
                .then()
                .statusCode(200)
                .body("state", equalTo("unused"));
        as(webhooks.admin()).post(hook.address() + "/repeat-dead").then().statusCode(200);
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("delivered")));
    }

    @Test
    void the_log_is_forgotten_in_time_and_a_deleted_webhook_at_once() {
        Hook hook = hook();
        says("Long ago");
        says("Today");
        await().until(() -> webhooks.deliveries(hook, "state").equals(List.of("delivered", "delivered")));
        team.sql(
                "update webhook_delivery set created_at = now() - interval '31 days',"
                        + " tried_at = now() - interval '31 days' where id = cast(:value as uuid)",
                webhooks.deliveries(hook, "id").get(1));
        upkeep.all();
        assertThat(webhooks.deliveries(hook, "state")).hasSize(1);

        as(webhooks.admin()).delete(hook.address()).then().statusCode(204);
        as(webhooks.admin()).get(hook.address() + "/deliveries").then().statusCode(404);
        says("To nobody");
        upkeep.all();
        for (String table : List.of("webhook_delivery", "webhook_stream")) {
            assertThat(team.count(
                            "select count(*) from " + table + " where webhook_id = cast(:value as uuid)",
                            hook.id().toString()))
                    .isZero();
        }
        team.sql(
                "update webhook set deleted_at = now() - interval '2 days' where id = cast(:value as uuid)",
                hook.id().toString());
        upkeep.all();
        assertThat(team.count(
                        "select count(*) from webhook where id = cast(:value as uuid)",
                        hook.id().toString()))
                .isZero();
    }

    @Test
    void the_figures_of_operation_tell_of_the_outbox() {
        hook();
        says("Hello");
        await().until(() -> receiver.all().size() == 1);
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(nobody().header("Authorization", "Bearer metrics-token-of-the-tests")
                                .get("/metrics")
                                .asString())
                        .contains(
                                "replyloop_webhooks_waiting",
                                "replyloop_webhooks_oldest_seconds",
                                "replyloop_webhooks_deliveries_seconds_count{outcome=\"delivered\"}"));
    }
}
