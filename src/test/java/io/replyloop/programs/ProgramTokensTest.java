package io.replyloop.programs;

import static io.replyloop.signin.Team.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.platform.Json;
import io.replyloop.signin.Team;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** What a token lets a program do, for how long, and what it never does. */
@QuarkusTest
class ProgramTokensTest {
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Inject
    Team team;

    @Inject
    ProgramTesting programs;

    @Inject
    ProgramLimits limits;

    @TestHTTPResource
    URI server;

    @Test
    void a_token_is_shown_once_and_kept_as_a_hash() {
        Team.Member admin = team.newMember("Anna", Role.ADMIN);
        Response made = as(admin)
                .body(Map.of("name", "Chatwoot", "scopes", List.of("knowledge.read"), "days", 30))
                .post("/api/program-tokens");
        made.then()
                .statusCode(200)
                .body("secret", startsWith("replyloop_"))
                .body("token.name", equalTo("Chatwoot"))
                .body("token.madeBy", equalTo("Anna"));
        String secret = made.path("secret");
        String id = made.path("token.id");

        given().header("Authorization", "bearer " + secret)
                .get("/api/replies")
                .then()
                .statusCode(200);

        Response list = as(admin).get("/api/program-tokens");
        list.then().body("find { it.id == '" + id + "' }.lastUsedAt", notNullValue());
        assertThat(list.asString()).doesNotContain(secret);
        assertThat(team.count("select count(*) from program_token t where t::text like '%' || :value || '%'", secret))
                .isZero();
        assertThat(as(admin).get("/api/users").asString()).doesNotContain("Chatwoot", "program.invalid");
    }

    @Test
    void only_admins_make_tokens_and_a_token_makes_none() {
        Map<String, Object> wanted = Map.of("name", "Mine", "scopes", List.of("suggest"));
        as(team.newMember(Role.AGENT))
                .body(wanted)
                .post("/api/program-tokens")
                .then()
                .statusCode(403);
        programs.bearer(Scope.values())
                .body(wanted)
                .post("/api/program-tokens")
                .then()
                .statusCode(403);
        Team.Member admin = team.newMember(Role.ADMIN);
        as(admin)
                .body(Map.of("name", "No scopes", "scopes", List.of()))
                .post("/api/program-tokens")
                .then()
                .statusCode(400);
        as(admin)
                .body(Map.of("name", "Everything", "scopes", List.of("admin")))
                .post("/api/program-tokens")
                .then()
                .statusCode(400);
    }

    @Test
    void a_cookie_beside_a_token_does_not_count_and_no_page_has_to_vouch_for_a_token() {
        Team.Member admin = team.newMember(Role.ADMIN);
        programs.bearer(Scope.KNOWLEDGE_READ)
                .cookie(Team.SESSION_COOKIE, admin.cookie())
                .get("/api/users")
                .then()
                .statusCode(403)
                .body("detail", startsWith("This token has no scope"));
        programs.bearer(Scope.KNOWLEDGE_WRITE)
                .cookie(Team.SESSION_COOKIE, admin.cookie())
                .contentType("text/csv")
                .body("title,text\nKites,A kite needs wind " + UUID.randomUUID() + "\n")
                .post("/api/replies/import?format=csv&dryRun=true")
                .then()
                .statusCode(200);
        // What a proxy sends along is none of ours.
        as(admin)
                .header("Authorization", "Bearer eyJhbGciOiJIUzI1NiJ9.e30.x")
                .get("/api/users")
                .then()
                .statusCode(200);
    }

    @Test
    void an_expired_a_revoked_and_an_unknown_token_are_refused_and_that_is_written_once() {
        ProgramTesting.Token expired = programs.token(Scope.KNOWLEDGE_READ);
        team.sql(
                "update program_token set expires_at = now() - interval '1 s' where id = cast(:value as uuid)",
                expired.id());
        for (int times = 0; times < 3; times++) {
            programs.bearer(expired).get("/api/replies").then().statusCode(401).body("code", equalTo("token-expired"));
        }
        assertThat(refusals(expired)).isEqualTo(1);

        ProgramTesting.Token revoked = programs.token(Scope.KNOWLEDGE_READ);
        Team.Member admin = team.newMember(Role.ADMIN);
        as(admin).delete("/api/program-tokens/" + revoked.id()).then().statusCode(204);
        as(admin).delete("/api/program-tokens/" + revoked.id()).then().statusCode(204);
        programs.bearer(revoked).get("/api/replies").then().statusCode(401).body("code", equalTo("token-invalid"));
        assertThat(refusals(revoked)).isEqualTo(1);
        as(admin).post("/api/program-tokens/" + revoked.id() + "/renew").then().statusCode(404);

        ProgramTesting.Token renewed = programs.token(Scope.KNOWLEDGE_READ);
        as(admin).post("/api/program-tokens/" + renewed.id() + "/renew").then().statusCode(200);
        programs.bearer(renewed)
                .get("/api/replies")
                .then()
                .statusCode(401)
                .body("detail", containsString("was renewed"));
        assertThat(refusals(renewed)).isEqualTo(1);

        given().header("Authorization", "Bearer replyloop_guess")
                .get("/api/replies")
                .then()
                .statusCode(401)
                .body("code", equalTo("token-invalid"));
    }

    private long refusals(ProgramTesting.Token token) {
        return team.count(
                "select count(*) from audit_entry where action = 'token.refused' and object_id = :value", token.id());
    }

    @Test
    void a_token_stops_with_the_admin_who_made_it_until_another_one_renews_it() {
        Team.Member leaving = team.newMember("Leah", Role.ADMIN);
        ProgramTesting.Token token = programs.tokenBy(leaving, Scope.KNOWLEDGE_READ);
        programs.bearer(token).get("/api/replies").then().statusCode(200);
        Team.Member admin = team.newMember("Anna", Role.ADMIN);
        as(admin)
                .body(Map.of("name", "Leah", "role", "agent", "active", true))
                .put("/api/users/" + leaving.agent().id())
                .then()
                .statusCode(200);

        programs.bearer(token).get("/api/replies").then().statusCode(401).body("detail", startsWith("Whoever made"));
        as(admin)
                .get("/api/program-tokens")
                .then()
                .body("find { it.id == '" + token.id() + "' }.state", equalTo("maker-left"));

        String renewed = as(admin)
                .post("/api/program-tokens/" + token.id() + "/renew")
                .then()
                .statusCode(200)
                .body("token.madeBy", equalTo("Anna"))
                .extract()
                .path("secret");
        programs.bearer(token).get("/api/replies").then().statusCode(401);
        programs.bearer(new ProgramTesting.Token(token.id(), renewed))
                .get("/api/replies")
                .then()
                .statusCode(200);
    }

    @Test
    void what_a_program_does_stands_under_its_name_and_it_knows_its_limit() {
        ProgramTesting.Token token = programs.token(Scope.KNOWLEDGE_WRITE);
        Response made = programs.bearer(token)
                .body(Map.of("title", "Wind", "text", "Wind is free " + UUID.randomUUID()))
                .post("/api/replies");
        made.then().statusCode(201);
        assertThat(made.header("RateLimit-Limit")).isEqualTo("100000");
        assertThat(Integer.parseInt(made.header("RateLimit-Remaining"))).isBetween(1, 99_999);
        assertThat(Integer.parseInt(made.header("RateLimit-Reset"))).isBetween(1, 60);
        assertThat(team.count(
                        "select count(*) from audit_entry e join program_token t on t.account_id = e.actor_id"
                                + " where e.action = 'reply.created' and t.id = cast(:value as uuid)",
                        token.id()))
                .isEqualTo(1);
    }

    @Test
    void no_token_opens_a_socket_or_reads_the_metrics_and_one_that_counts_no_longer_is_told_so_there_too() {
        ProgramTesting.Token token = programs.token(Scope.values());
        ProgramTesting.Token expired = programs.token(Scope.values());
        team.sql(
                "update program_token set expires_at = now() - interval '1 s' where id = cast(:value as uuid)",
                expired.id());
        ProgramTesting.Token unknown = new ProgramTesting.Token("", "replyloop_" + "A".repeat(43));
        assertThat(List.of(upgraded(token), upgraded(expired), upgraded(unknown)))
                .isEqualTo(List.of(403, 401, 401));
        assertThat(List.of(metrics(token), metrics(expired), metrics(unknown))).isEqualTo(List.of(403, 401, 401));
    }

    @Test
    void a_token_that_was_used_too_often_has_to_wait_wherever_it_is_sent() {
        ProgramTesting.Token token = programs.token(Scope.KNOWLEDGE_READ);
        UUID id = UUID.fromString(token.id());
        boolean exceeded = false;
        while (!exceeded) {
            exceeded = limits.take(id, System.nanoTime()).exceeded();
        }
        programs.bearer(token)
                .get("/api/replies")
                .then()
                .statusCode(429)
                .header("RateLimit-Remaining", "0")
                .header("Retry-After", notNullValue())
                .body("code", equalTo("rate-limited"));
        assertThat(List.of(upgraded(token), metrics(token))).isEqualTo(List.of(429, 429));
    }

    private static int metrics(ProgramTesting.Token token) {
        return given().header("Authorization", "Bearer " + token.secret())
                .get("/metrics")
                .statusCode();
    }

    private int upgraded(ProgramTesting.Token token) {
        try {
            HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token.secret())
                    .buildAsync(URI.create("ws://" + server.getAuthority() + "/ws/agent"), new WebSocket.Listener() {})
                    .join();
            return 101;
        } catch (CompletionException failure) {
            Throwable cause = failure.getCause();
            while (!(cause instanceof WebSocketHandshakeException)) {
                cause = cause.getCause();
            }
            return ((WebSocketHandshakeException) cause).getResponse().statusCode();
        }
    }

    @Test
    void what_a_program_did_can_be_looked_for_also_after_it_was_revoked() {
        Team.Member admin = team.newMember(Role.ADMIN);
        String name = "Desk " + UUID.randomUUID();
        String id = as(admin)
                .body(Map.of("name", name, "scopes", List.of("knowledge.read")))
                .post("/api/program-tokens")
                .path("token.id");
        String mine = "findAll { it.name == '" + name + "' }.revoked";
        as(admin).get("/api/program-tokens/accounts").then().body(mine, equalTo(List.of(false)));

        as(admin).delete("/api/program-tokens/" + id).then().statusCode(204);

        as(admin).get("/api/program-tokens/accounts").then().body(mine, equalTo(List.of(true)));
        as(team.newMember(Role.AGENT))
                .get("/api/program-tokens/accounts")
                .then()
                .statusCode(403);
    }

    /** An endpoint that is opened to programs is added here on purpose. */
    private static final Map<String, Set<String>> OPERATIONS = Map.of(
            "knowledge.read", Set.of("listReplies", "getReply", "listReplyVersions", "exportReplies"),
            "knowledge.write", Set.of("createReply", "updateReply", "publishReply", "archiveReply", "importReplies"),
            "conversations.read",
                    Set.of("listConversations", "countConversations", "getConversation", "listConversationEvents"),
            "reports.read", Set.of("getReport"),
            "suggest", Set.of("suggestElsewhere"),
            "feedback", Set.of("feedBackFromElsewhere"),
            "conversations.erase", Set.of("eraseConversationElsewhere"));

    @Test
    void each_scope_reaches_its_own_operations_and_nothing_else() throws IOException {
        ProgramTesting.Token everything = programs.token(Scope.values());
        Map<String, ProgramTesting.Token> withScope = new TreeMap<>();
        Map<String, ProgramTesting.Token> without = new TreeMap<>();
        for (Scope scope : Scope.values()) {
            withScope.put(scope.wireName(), programs.token(scope));
            without.put(
                    scope.wireName(),
                    programs.token(Arrays.stream(Scope.values())
                            .filter(one -> one != scope)
                            .toArray(Scope[]::new)));
        }
        Map<String, Set<String>> reached = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        operations((where, operation) -> {
            if (operation.path("security").isEmpty()) {
                return;
            }
            String scope = scopeOf(operation);
            if (scope == null) {
                expect(wrong, where, everything, operation, true);
                return;
            }
            expect(wrong, where, withScope.get(scope), operation, false);
            expect(wrong, where, without.get(scope), operation, true);
            reached.computeIfAbsent(scope, first -> new TreeSet<>())
                    .add(operation.path("operationId").asText());
        });
        assertThat(wrong).isEmpty();
        assertThat(reached).isEqualTo(OPERATIONS);
    }

    private void expect(
            List<String> wrong, String where, ProgramTesting.Token token, JsonNode operation, boolean refused) {
        String[] words = where.split(" ");
        RequestSpecification request = programs.bearer(token);
        JsonNode content = operation.at("/requestBody/content");
        if (content.fieldNames().hasNext()) {
            request.contentType(content.fieldNames().next()).body("{}".getBytes(StandardCharsets.UTF_8));
        }
        String address = words[1].replace("{number}", "1")
                .replaceAll("\\{\\w+}", UUID.randomUUID().toString());
        Response answer = request.request(words[0], address);
        boolean isRefused = answer.statusCode() == 403 || answer.statusCode() == 401;
        if (refused ? answer.statusCode() != 403 : isRefused || answer.statusCode() >= 500) {
            wrong.add(where + " " + answer.statusCode());
        }
    }

    private static String scopeOf(JsonNode operation) {
        String scope = null;
        for (JsonNode requirement : operation.path("security")) {
            if (requirement.has("token")) {
                assertThat(requirement.path("token")).hasSize(1);
                scope = requirement.path("token").path(0).asText();
            }
        }
        return scope;
    }

    private static void operations(BiConsumer<String, JsonNode> check) throws IOException {
        Json.MAPPER
                .readTree(Path.of("src/docs/openapi.json").toFile())
                .path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> METHODS.contains(method.getKey()))
                        .forEach(method -> check.accept(method.getKey() + " " + path.getKey(), method.getValue())));
    }
}
