package io.replyloop.exchange;

import static io.replyloop.signin.Team.as;

import io.replyloop.identity.Role;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.signin.Team;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Imports as an admin sends them. */
abstract class ImportByAdmin {
    @Inject
    Team team;

    @Inject
    KnowledgeService knowledge;

    Team.Member admin;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
    }

    ValidatableResponse send(String query, byte[] body) {
        return as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .body(body)
                .post("/api/replies/import?" + query)
                .then();
    }

    ValidatableResponse send(String query, String body) {
        return send(query, body.getBytes(StandardCharsets.UTF_8));
    }

    static String unique(String word) {
        return word + UUID.randomUUID().toString().substring(0, 8);
    }

    List<ReplyView> inCategory(String category) {
        return knowledge
                .list(new KnowledgeService.Filter(null, null, category, null), null, 200)
                .items();
    }

    static String line(String text, String category) {
        return "{\"text\":\"" + text + "\",\"task\":\"" + category + "\"}\n";
    }
}
