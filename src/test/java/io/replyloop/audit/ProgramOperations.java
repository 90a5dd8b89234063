package io.replyloop.audit;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;

import io.replyloop.audit.HistoryOperations.Does;
import io.replyloop.signin.Team;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Everything that an admin can change about the tokens of programs. */
final class ProgramOperations {
    private ProgramOperations() {}

    /** @return the tokens, which no entry may have */
    static Set<String> all(Team.Member admin, Does does) {
        Map<String, Object> wanted = Map.of("name", "Chatwoot", "scopes", List.of("suggest", "conversations.erase"));
        Response made = does.that("createProgramToken", as(admin).body(wanted), "POST", "/api/program-tokens");
        String token = "/api/program-tokens/" + made.path("token.id");
        Response renewed = does.that("renewProgramToken", as(admin), "POST", token + "/renew");
        String asked = "desk:" + UUID.randomUUID();
        program(renewed)
                .body(Map.of("conversation", asked, "question", "Where is my parcel?"))
                .post("/api/v1/suggest")
                .then()
                .statusCode(200);
        does.that("eraseConversationElsewhere", program(renewed), "DELETE", "/api/v1/conversations/" + asked);
        does.that("revokeProgramToken", as(admin), "DELETE", token);
        return Set.of(made.path("secret"), renewed.path("secret"));
    }

    private static RequestSpecification program(Response made) {
        return nobody().header("Authorization", "Bearer " + made.path("secret"));
    }

    static Map<String, List<String>> expected() {
        return Map.of(
                "createProgramToken", List.of("account token.created"),
                "eraseConversationElsewhere", List.of("account customer.erased"),
                "renewProgramToken", List.of("account token.renewed"),
                "revokeProgramToken", List.of("account token.revoked"));
    }
}
