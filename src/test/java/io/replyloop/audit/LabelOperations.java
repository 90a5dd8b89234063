package io.replyloop.audit;

import static io.replyloop.signin.Team.as;

import io.replyloop.audit.HistoryOperations.Does;
import io.replyloop.signin.Team;
import java.util.Map;
import java.util.UUID;

/** Everything that an admin can change about labels. */
final class LabelOperations {
    private LabelOperations() {}

    static void all(Team.Member admin, Does does) {
        String label = "/api/labels/"
                + does.that("createLabel", as(admin).body(named("teal")), "POST", "/api/labels")
                        .path("id");
        does.that("updateLabel", as(admin).body(named("red")), "PUT", label);
        does.that("deleteLabel", as(admin), "DELETE", label);
    }

    private static Map<String, String> named(String color) {
        return Map.of("name", "Refund " + UUID.randomUUID().toString().substring(0, 8), "color", color);
    }
}
