package io.replyloop.webhooks;

import static io.replyloop.signin.Team.as;

import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.restassured.response.Response;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Webhooks for tests, made as an admin makes them; whoever makes some takes them away again. */
@ApplicationScoped
public class WebhookTesting {
    record Hook(UUID id, String secret) {
        String address() {
            return "/api/webhooks/" + id;
        }
    }

    private final Team team;
    private final List<Hook> made = new ArrayList<>();
    private Team.Member admin;

    WebhookTesting(Team team) {
        this.team = team;
    }

    Team.Member admin() {
        if (admin == null) {
            admin = team.newMember("Grace", Role.ADMIN);
        }
        return admin;
    }

    static Map<String, Object> settings(String url, String texts, EventType... types) {
        return Map.of(
                "name",
                "CRM",
                "url",
                url,
                "types",
                Arrays.stream(types).map(EventType::wireName).toList(),
                "texts",
                texts);
    }

    Hook make(String url, String texts, EventType... types) {
        Response answer = as(admin()).body(settings(url, texts, types)).post("/api/webhooks");
        answer.then().statusCode(200);
        Hook hook = new Hook(UUID.fromString(answer.path("webhook.id")), answer.path("secret"));
        made.add(hook);
        return hook;
    }

    WebhookView.State state(Hook hook) {
        String name = as(admin()).get("/api/webhooks").path("find { it.id == '" + hook.id() + "' }.state");
        return WebhookView.State.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    List<String> deliveries(Hook hook, String field) {
        return as(admin()).get(hook.address() + "/deliveries").path("items." + field);
    }

    void tearDown() {
        made.forEach(hook -> as(admin()).delete(hook.address()).then().statusCode(204));
        made.clear();
        admin = null;
    }
}
