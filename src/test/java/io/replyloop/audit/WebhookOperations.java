package io.replyloop.audit;

import static io.replyloop.signin.Team.as;

import io.replyloop.audit.HistoryOperations.Does;
import io.replyloop.signin.Team;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Everything that an admin can change about webhooks. Nobody listens at their address. */
final class WebhookOperations {
    static final Map<String, String> WITHOUT_AN_ENTRY =
            Map.of("testWebhook", "changes nothing, and stands in the log of the webhook");

    private static final String NOBODY = "http://127.0.0.1:9/hooks?key=hidden";

    private WebhookOperations() {}

    /**
     * @param sql carries a statement out with a value
     * @return secrets, which no entry may have
     */
    static Set<String> all(Team.Member admin, Does does, BiConsumer<String, Object> sql) {
        Response made = does.that("createWebhook", as(admin).body(settings("CRM")), "POST", "/api/webhooks");
        String id = made.path("webhook.id");
        String webhook = "/api/webhooks/" + id;
        does.that("updateWebhook", as(admin).body(settings("The CRM")), "PUT", webhook);
        Response renewed = does.that("renewWebhookSecret", as(admin).body(Map.of()), "POST", webhook + "/renew");
        String one = dead(id, sql);
        does.that("repeatWebhookDelivery", as(admin), "POST", webhook + "/deliveries/" + one + "/repeat");
        dead(id, sql);
        does.that("repeatDeadWebhookDeliveries", as(admin), "POST", webhook + "/repeat-dead");
        does.that("deleteWebhook", as(admin), "DELETE", webhook);
        return Set.of(made.path("secret"), renewed.path("secret"), "key=hidden");
    }

    private static String dead(String webhook, BiConsumer<String, Object> sql) {
        String id = UUID.randomUUID().toString();
        sql.accept(
                "insert into webhook_delivery (id, webhook_id, stream, sequence, kind, body, state) values (cast(:value as"
                        + " uuid), '" + webhook + "', '" + id + "', 1, 'message.created', '{}', 'dead')",
                id);
        sql.accept(
                "insert into webhook_stream (webhook_id, stream, last_sequence) values ('" + webhook
                        + "', cast(:value as uuid), 1)",
                id);
        return id;
    }

    private static Map<String, Object> settings(String name) {
        return Map.of("name", name, "url", NOBODY, "types", List.of("run.finished"));
    }

    static Map<String, List<String>> expected() {
        return Map.of(
                "createWebhook", List.of("account webhook.created"),
                "updateWebhook", List.of("account webhook.changed"),
                "renewWebhookSecret", List.of("account webhook.secret-renewed"),
                "repeatWebhookDelivery", List.of("account webhook.repeated"),
                "repeatDeadWebhookDeliveries", List.of("account webhook.repeated"),
                "deleteWebhook", List.of("account webhook.deleted"));
    }
}
