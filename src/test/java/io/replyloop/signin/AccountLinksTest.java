package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team.Member;
import io.restassured.response.Response;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountLinksTest {
    private static final String ANOTHER = "staple the correct horse";

    @Inject
    Team team;

    @Inject
    AccountLinks links;

    private Member admin;
    private String email;

    @BeforeEach
    void setUp() {
        team.sql("delete from sign_in_failure where address <> :value", "");
        admin = team.newMember(Role.ADMIN);
        email = UUID.randomUUID() + "@team.example";
    }

    private Response invite(Member by) {
        return as(by).body(Map.of("email", email, "name", "Ben", "role", "agent"))
                .post("/api/invitations");
    }

    private static String tokenOf(Response made) {
        return tokenOf(made.then().statusCode(200).extract().<String>path("path"));
    }

    private static String tokenOf(String path) {
        assertThat(path).startsWith("/join/#");
        return path.substring("/join/#".length());
    }

    private static Response check(String token) {
        return nobody().body(Map.of("token", token)).post("/api/account-links/check");
    }

    private static Response join(String token) {
        return nobody().body(Map.of("token", token, "name", "Benjamin", "password", Team.PASSWORD))
                .post("/api/account-links/join");
    }

    private static Response newPassword(String token, String password) {
        return nobody().body(Map.of("token", token, "password", password)).post("/api/account-links/password");
    }

    private static int signIn(String email, String password) {
        return nobody().body(Map.of("email", email, "password", password))
                .post("/api/session")
                .statusCode();
    }

    private String passwordLink(Member of) {
        return tokenOf(as(admin).post("/api/users/" + of.agent().id() + "/password-link"));
    }

    private static List<Integer> atOnce(Supplier<Response> request) {
        return Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> request.get().statusCode()))
                .limit(4)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .sorted()
                .toList();
    }

    @Test
    void whoever_is_invited_chooses_their_name_and_password_and_the_link_is_used_up() {
        String token = tokenOf(invite(admin));
        check(token)
                .then()
                .statusCode(200)
                .body("invitation", equalTo(true))
                .body("email", equalTo(email))
                .body("name", equalTo("Ben"))
                .body("role", equalTo("agent"));
        assertThat(signIn(email, Team.PASSWORD)).isEqualTo(401);

        join(token).then().statusCode(204);

        assertThat(signIn(email, Team.PASSWORD)).isEqualTo(200);
        as(admin)
                .get("/api/users")
                .then()
                .body("find { it.email == '" + email + "' }.name", equalTo("Benjamin"))
                .body("find { it.email == '" + email + "' }.role", equalTo("agent"));
        check(token).then().statusCode(404).body("code", equalTo("not-found"));
        join(token).then().statusCode(404);
        as(admin).get("/api/invitations").then().body("findAll { it.email == '" + email + "' }", hasSize(0));
    }

    @Test
    void of_several_who_use_one_link_at_the_same_moment_one_succeeds() {
        String token = tokenOf(invite(admin));
        assertThat(atOnce(() -> join(token))).containsExactly(204, 404, 404, 404);
        Member anna = team.newMember(Role.AGENT);
        String forAnna = passwordLink(anna);
        assertThat(atOnce(() -> newPassword(forAnna, ANOTHER))).containsExactly(204, 404, 404, 404);
    }

    @Test
    void an_address_is_invited_once_at_the_same_moment_too() {
        assertThat(atOnce(() -> invite(admin))).containsExactly(200, 409, 409, 409);
    }

    @Test
    void a_new_link_ends_the_old_one_and_a_withdrawn_invitation_has_none() {
        Response made = invite(admin);
        String first = tokenOf(made);
        String invitation = "/api/invitations/" + made.path("invitation.id");
        String second = tokenOf(as(admin).post(invitation + "/renew"));
        check(first).then().statusCode(404);
        check(second).then().statusCode(200);
        as(admin)
                .get("/api/invitations")
                .then()
                .body("find { it.email == '" + email + "' }.usable", equalTo(true))
                .body("find { it.email == '" + email + "' }.invitedBy", equalTo("Somebody"));

        as(admin).delete(invitation).then().statusCode(204);
        as(admin).delete(invitation).then().statusCode(204);
        join(second).then().statusCode(404);
        as(admin).post(invitation + "/renew").then().statusCode(404);
    }

    @Test
    void an_old_link_is_refused_and_the_list_says_so() {
        Response made = invite(admin);
        team.sql("update account_link set expires_at = now() where email = :value", email);
        join(tokenOf(made)).then().statusCode(404);
        as(admin).get("/api/invitations").then().body("find { it.email == '" + email + "' }.usable", equalTo(false));
        String renewed = tokenOf(as(admin).post("/api/invitations/" + made.path("invitation.id") + "/renew"));
        join(renewed).then().statusCode(204);
    }

    @Test
    void what_ended_long_ago_is_forgotten() {
        invite(admin);
        Member anna = team.newMember(Role.AGENT);
        passwordLink(anna);
        team.sql("update account_link set expires_at = now() where email = :value", email);
        team.sql(
                "update account_link set expires_at = now() where account_id = :value",
                anna.agent().id());
        links.forgetOld();
        as(admin).get("/api/invitations").then().body("findAll { it.email == '" + email + "' }", hasSize(1));
        team.sql("update account_link set expires_at = now() - interval '31 days' where email = :value", email);
        links.forgetOld();
        as(admin).get("/api/invitations").then().body("findAll { it.email == '" + email + "' }", hasSize(0));
    }

    @Test
    void links_of_an_admin_who_is_none_any_more_are_no_back_door() {
        Member other = team.newMember(Role.ADMIN);
        String token = tokenOf(invite(other));
        Member anna = team.newMember(Role.AGENT);
        String forAnna = tokenOf(as(other).post("/api/users/" + anna.agent().id() + "/password-link"));
        as(admin)
                .body(Map.of("name", "Other", "role", "agent", "active", true))
                .put("/api/users/" + other.agent().id())
                .then()
                .statusCode(200);
        join(token).then().statusCode(404);
        newPassword(forAnna, ANOTHER).then().statusCode(404);
        as(admin).get("/api/invitations").then().body("find { it.email == '" + email + "' }.usable", equalTo(false));
    }

    @Test
    void an_address_that_is_known_already_is_not_invited() {
        invite(admin).then().statusCode(200);
        invite(admin)
                .then()
                .statusCode(409)
                .body("violations[0].field", equalTo("email"))
                .body("violations[0].rule", equalTo("taken"));
        email = admin.agent().email().toUpperCase(Locale.ROOT);
        invite(admin).then().statusCode(409);
    }

    @Test
    void an_address_that_got_an_account_meanwhile_keeps_it() {
        String token = tokenOf(invite(admin));
        as(admin)
                .body(Map.of("email", email, "name", "Ben", "role", "agent", "password", ANOTHER))
                .post("/api/users")
                .then()
                .statusCode(200);
        join(token).then().statusCode(409);
        assertThat(signIn(email, Team.PASSWORD)).isEqualTo(401);
        assertThat(signIn(email, ANOTHER)).isEqualTo(200);
    }

    @Test
    void a_password_that_is_too_weak_or_a_name_that_is_none_leaves_the_link_good() {
        String token = tokenOf(invite(admin));
        nobody().body(Map.of("token", token, "name", "B\u0007", "password", Team.PASSWORD))
                .post("/api/account-links/join")
                .then()
                .statusCode(400);
        nobody().body(Map.of("token", token, "password", "short"))
                .post("/api/account-links/join")
                .then()
                .statusCode(400)
                .body("violations[0].rule", equalTo("too-short"));
        join(token).then().statusCode(204);
    }

    @Test
    void whoever_has_forgotten_their_password_sets_one_and_is_signed_out_everywhere() {
        Member anna = team.newMember(Role.AGENT);
        String first = passwordLink(anna);
        String token = passwordLink(anna);
        newPassword(first, ANOTHER).then().statusCode(404);
        check(token)
                .then()
                .statusCode(200)
                .body("invitation", equalTo(false))
                .body("role", nullValue())
                .body("email", equalTo(anna.agent().email()));
        as(anna).get("/api/session").then().statusCode(200);

        newPassword(token, ANOTHER).then().statusCode(204);

        as(anna).get("/api/session").then().statusCode(401);
        assertThat(signIn(anna.agent().email(), Team.PASSWORD)).isEqualTo(401);
        assertThat(signIn(anna.agent().email(), ANOTHER)).isEqualTo(200);
        newPassword(token, Team.PASSWORD).then().statusCode(404);
    }

    @Test
    void a_link_for_a_password_ends_with_the_password_it_was_for_or_with_the_account() {
        Member anna = team.newMember(Role.AGENT);
        String token = passwordLink(anna);
        as(anna).body(Map.of("current", Team.PASSWORD, "password", ANOTHER))
                .put("/api/session/password")
                .then()
                .statusCode(204);
        newPassword(token, Team.PASSWORD).then().statusCode(404);

        String again = passwordLink(anna);
        as(admin)
                .body(Map.of("name", "Anna", "role", "agent", "active", false))
                .put("/api/users/" + anna.agent().id())
                .then()
                .statusCode(200);
        newPassword(again, Team.PASSWORD).then().statusCode(404);
        as(admin)
                .post("/api/users/" + anna.agent().id() + "/password-link")
                .then()
                .statusCode(409);
        as(admin)
                .post("/api/users/" + UUID.randomUUID() + "/password-link")
                .then()
                .statusCode(404);
    }

    @Test
    void the_link_of_one_kind_is_none_of_the_other() {
        String token = tokenOf(invite(admin));
        newPassword(token, ANOTHER).then().statusCode(404);
        join(token).then().statusCode(204);
        Member anna = team.newMember(Role.AGENT);
        String forAnna = passwordLink(anna);
        join(forAnna).then().statusCode(404);
        newPassword(forAnna, ANOTHER).then().statusCode(204);
    }

    @Test
    void links_are_for_admins_to_make() {
        Member agent = team.newMember(Role.AGENT);
        String id = invite(admin).path("invitation.id");
        email = UUID.randomUUID() + "@team.example";
        for (Response refused : List.of(
                invite(agent),
                as(agent).get("/api/invitations"),
                as(agent).post("/api/invitations/" + id + "/renew"),
                as(agent).delete("/api/invitations/" + id),
                as(agent).post("/api/users/" + admin.agent().id() + "/password-link"))) {
            refused.then().statusCode(403).body("code", equalTo("not-allowed"));
        }
        nobody().get("/api/invitations").then().statusCode(401);
        nobody().post("/api/users/" + admin.agent().id() + "/password-link")
                .then()
                .statusCode(401);
    }

    @Test
    void a_made_up_link_tells_nothing_and_cannot_be_tried_without_end() {
        for (String madeUp : List.of("made-up", "\u0000", "x".repeat(200))) {
            check(madeUp).then().statusCode(Matchers.oneOf(400, 404));
            join(madeUp).then().statusCode(Matchers.oneOf(400, 404));
        }
        // The tests have a limit of their own, which so few requests do not reach.
        SignInConfig defaults = new SmallRyeConfigBuilder()
                .withMapping(SignInConfig.class)
                .build()
                .getConfigMapping(SignInConfig.class);
        AccountLinkResource own = new AccountLinkResource(links, null, defaults);
        HttpServerRequest fromNowhere = (HttpServerRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServerRequest.class}, (proxy, method, values) -> null);
        for (int attempt = 0; attempt < defaults.links().perMinute(); attempt++) {
            own.admit(fromNowhere);
        }
        assertThat(assertThatExceptionOfType(Problem.class)
                        .isThrownBy(() -> own.admit(fromNowhere))
                        .actual()
                        .code())
                .isEqualTo(ProblemCode.RATE_LIMITED);
    }

    @Test
    void the_database_knows_no_link() {
        String token = tokenOf(invite(admin));
        for (String table : List.of("account_link", "audit_entry")) {
            String row = "select count(*) from " + table + " r where strpos(cast(r as text), cast(:value as text)) > 0";
            assertThat(team.count(row, token)).isZero();
            assertThat(team.count(row, email)).isPositive();
        }
    }
}
