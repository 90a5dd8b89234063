package io.replyloop.signin;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.identity.SealedSecrets;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team.Member;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SecondFactorTest {
    private static final String OWN = "/api/session/second-factor";
    private static final String TEAM = "/api/second-factors";

    @Inject
    Team team;

    @Inject
    SealedSecrets seals;

    @Inject
    SignInConfig config;

    @Inject
    SignIn signIn;

    private Member anna;

    @BeforeEach
    void setUp() {
        team.sql("delete from sign_in_failure where address <> :value", "");
        anna = team.newMember(Role.AGENT);
    }

    @AfterEach
    void nobodyHasToHaveOne() {
        team.sql("update second_factor_rule set required_for = :value", "nobody");
    }

    private static Response begin(Member member, String password) {
        return as(member).body(Map.of("current", password)).post(OWN);
    }

    private static Response confirm(Member member, String code) {
        return as(member).body(Map.of("code", code)).post(OWN + "/confirm");
    }

    private static Response signIn(Member member, String password, String code) {
        Map<String, String> credentials =
                new HashMap<>(Map.of("email", member.agent().email(), "password", password));
        if (code != null) {
            credentials.put("code", code);
        }
        return nobody().body(credentials).post("/api/session");
    }

    private static Response remove(Member member) {
        return as(member).body(Map.of("current", Team.PASSWORD)).post(OWN + "/remove");
    }

    private static void refused(Response answer, String code) {
        answer.then().statusCode(401).body("code", equalTo(code));
    }

    /** Switches it on with the code of the present step, which is used up by that. */
    private String switchedOn(Member member) {
        String secret =
                begin(member, Team.PASSWORD).then().statusCode(200).extract().path("secret");
        confirm(member, Authenticator.code(secret, 0)).then().statusCode(200);
        return secret;
    }

    /** In place of waiting for the next code. */
    private void usedLongAgo(Member member) {
        team.sql(
                "update second_factor set last_step = 0 where account_id = :value",
                member.agent().id());
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
    void a_secret_counts_once_its_owner_has_shown_a_code_of_it_and_ends_their_other_sessions() {
        Member elsewhere = team.again(anna);
        begin(anna, "not the password").then().statusCode(400).body("violations[0].field", equalTo("current"));
        String secret = begin(anna, Team.PASSWORD).path("secret");
        signIn(anna, Team.PASSWORD, null).then().statusCode(200);
        confirm(anna, "000000x").then().statusCode(400).body("violations[0].rule", equalTo("wrong"));
        as(anna).get(OWN).then().body("on", equalTo(false));

        confirm(anna, Authenticator.code(secret, 0))
                .then()
                .statusCode(200)
                .body("codes", hasSize(RecoveryCodes.HOW_MANY));

        as(anna).get(OWN).then().body("on", equalTo(true)).body("recoveryCodesLeft", equalTo(RecoveryCodes.HOW_MANY));
        as(elsewhere).get("/api/session").then().statusCode(401);
        begin(anna, Team.PASSWORD).then().statusCode(409);
        confirm(anna, Authenticator.code(secret, 1)).then().statusCode(409);
    }

    @Test
    void the_password_alone_is_not_enough_and_each_code_counts_once() {
        String secret = switchedOn(anna);
        refused(signIn(anna, Team.PASSWORD, null), "second-factor-needed");
        refused(signIn(anna, Team.PASSWORD, " "), "second-factor-needed");
        refused(signIn(anna, Team.PASSWORD, "123"), "second-factor-wrong");
        usedLongAgo(anna);
        String code = Authenticator.code(secret, 0);
        signIn(anna, Team.PASSWORD, code.substring(0, 3) + " " + code.substring(3))
                .then()
                .statusCode(200);

        refused(signIn(anna, Team.PASSWORD, code), "second-factor-wrong");
    }

    @Test
    void of_several_who_show_the_same_code_at_the_same_moment_one_gets_in() {
        String secret = switchedOn(anna);
        usedLongAgo(anna);
        String code = Authenticator.code(secret, 0);
        assertThat(atOnce(() -> signIn(anna, Team.PASSWORD, code))).containsExactly(200, 401, 401, 401);
    }

    @Test
    void a_recovery_code_lets_in_once_and_new_ones_end_the_old() {
        String secret = begin(anna, Team.PASSWORD).path("secret");
        List<String> codes = confirm(anna, Authenticator.code(secret, 0)).path("codes");
        assertThat(atOnce(() -> signIn(anna, Team.PASSWORD, codes.get(0)))).containsExactly(200, 401, 401, 401);
        signIn(anna, Team.PASSWORD, codes.get(1).toUpperCase(Locale.ROOT).replace("-", " "))
                .then()
                .statusCode(200);
        as(anna).get(OWN).then().body("recoveryCodesLeft", equalTo(RecoveryCodes.HOW_MANY - 2));

        List<String> renewed = as(anna).body(Map.of("current", Team.PASSWORD))
                .post(OWN + "/recovery-codes")
                .path("codes");

        refused(signIn(anna, Team.PASSWORD, codes.get(2)), "second-factor-wrong");
        Member ben = team.newMember(Role.AGENT);
        switchedOn(ben);
        refused(signIn(ben, Team.PASSWORD, renewed.get(0)), "second-factor-wrong");
        signIn(anna, Team.PASSWORD, renewed.get(0)).then().statusCode(200);
    }

    @Test
    void codes_are_guessed_as_slowly_as_passwords_and_the_password_forgives_none() {
        switchedOn(anna);
        for (int attempt = 0; attempt < config.limits().perAccountAndAddress(); attempt++) {
            // Whoever knows the password cannot have the failures forgotten.
            nobody().body(Map.of("email", anna.agent().email(), "password", Team.PASSWORD))
                    .post(OWN + "/at-sign-in")
                    .then()
                    .statusCode(409);
            refused(signIn(anna, Team.PASSWORD, "000000"), "second-factor-wrong");
        }
        signIn(anna, Team.PASSWORD, "000000").then().statusCode(429);
    }

    @Test
    void nobody_learns_who_has_one_without_the_password() {
        switchedOn(anna);
        refused(signIn(anna, "not the password", null), "sign-in-failed");
        refused(signIn(anna, "not the password", "123456"), "sign-in-failed");
        nobody().body(Map.of("email", anna.agent().email(), "password", "not the password"))
                .post(OWN + "/at-sign-in")
                .then()
                .statusCode(401)
                .body("code", equalTo("sign-in-failed"));
    }

    @Test
    void its_owner_switches_it_off_with_the_password() {
        switchedOn(anna);
        as(anna).body(Map.of("current", "not the password"))
                .post(OWN + "/remove")
                .then()
                .statusCode(400);
        remove(anna).then().statusCode(204);
        signIn(anna, Team.PASSWORD, null).then().statusCode(200);
        as(anna).body(Map.of("current", Team.PASSWORD))
                .post(OWN + "/recovery-codes")
                .then()
                .statusCode(409);
    }

    @Test
    void recovery_codes_of_one_that_was_switched_off_do_not_come_back_with_the_next() {
        String secret = begin(anna, Team.PASSWORD).path("secret");
        List<String> codes = confirm(anna, Authenticator.code(secret, 0)).path("codes");
        remove(anna).then().statusCode(204);
        switchedOn(anna);
        refused(signIn(anna, Team.PASSWORD, codes.get(0)), "second-factor-wrong");
    }

    @Test
    void codes_are_limited_by_account_and_neither_a_recovery_code_nor_the_owners_browser_waits() {
        String secret = switchedOn(anna);
        usedLongAgo(anna);
        String device = signIn.withPassword(
                        anna.agent().email(),
                        Team.PASSWORD,
                        Authenticator.code(secret, 0),
                        new SignInClient("192.0.2.1", null, SessionDevice.UNKNOWN))
                .device();
        for (int attempt = 0; attempt < config.limits().codesPerAccount(); attempt++) {
            assertThat(outcome("000000", "203.0.113." + attempt, null)).isEqualTo(ProblemCode.SECOND_FACTOR_WRONG);
        }
        usedLongAgo(anna);
        String right = Authenticator.code(secret, 0);
        assertThat(outcome(right, "203.0.113.99", null)).isEqualTo(ProblemCode.RATE_LIMITED);
        assertThat(outcome("aaaa-aaaa-aaaa-aaaa", "203.0.113.98", null)).isEqualTo(ProblemCode.SECOND_FACTOR_WRONG);
        assertThat(outcome(right, "203.0.113.97", device)).isNull();
        usedLongAgo(anna);
        assertThat(outcome(right, "203.0.113.96", null)).isEqualTo(ProblemCode.RATE_LIMITED);

        team.sql(
                "update sign_in_failure set failed_at = :value",
                Instant.now().minus(config.limits().codesPause()));
        assertThat(outcome(right, "203.0.113.96", null)).isNull();
    }

    private ProblemCode outcome(String code, String address, String device) {
        try {
            signIn.withPassword(
                    anna.agent().email(),
                    Team.PASSWORD,
                    code,
                    new SignInClient(address, device, SessionDevice.UNKNOWN));
            return null;
        } catch (Problem refused) {
            return refused.code();
        }
    }

    @Test
    void an_admin_switches_it_off_for_somebody_who_is_signed_out_by_that() {
        Member admin = team.newMember(Role.ADMIN);
        String id = anna.agent().id().toString();
        switchedOn(anna);
        as(admin).get(TEAM).then().statusCode(200).body("accounts", hasItem(id));

        as(admin).delete(TEAM + "/" + id).then().statusCode(204);
        as(admin).delete(TEAM + "/" + admin.agent().id()).then().statusCode(409);

        as(admin).get(TEAM).then().body("accounts", not(hasItem(id)));
        as(anna).get("/api/session").then().statusCode(401);
        signIn(anna, Team.PASSWORD, null).then().statusCode(200);
    }

    @Test
    void whoever_has_to_have_one_sets_it_up_at_the_next_sign_in() {
        Member admin = team.newMember(Role.ADMIN);
        as(admin).body(Map.of("requiredFor", "admins")).put(TEAM).then().statusCode(204);
        as(admin).get(TEAM).then().body("requiredFor", equalTo("admins"));
        as(admin).get(OWN).then().statusCode(200).body("required", equalTo(true));
        signIn(anna, Team.PASSWORD, null).then().statusCode(200);
        Map<String, String> credentials = Map.of("email", admin.agent().email(), "password", Team.PASSWORD);
        refused(signIn(admin, Team.PASSWORD, null), "second-factor-setup-needed");
        refused(signIn(admin, Team.PASSWORD, "123456"), "second-factor-setup-needed");

        String first = nobody().body(credentials).post(OWN + "/at-sign-in").path("secret");
        String secret = nobody().body(credentials).post(OWN + "/at-sign-in").path("secret");
        refused(signIn(admin, Team.PASSWORD, Authenticator.code(first, 0)), "second-factor-wrong");
        Response entered = signIn(admin, Team.PASSWORD, Authenticator.code(secret, 0));
        List<String> codes = entered.then().statusCode(200).extract().path("recoveryCodes");
        assertThat(codes).hasSize(RecoveryCodes.HOW_MANY);
        Member again = new Member(admin.agent(), entered.cookie(SessionCookie.NAME));
        as(again).get("/api/session").then().statusCode(200).body("recoveryCodes", nullValue());
        as(again).get(OWN).then().body("recoveryCodesLeft", equalTo(RecoveryCodes.HOW_MANY));
        remove(again).then().statusCode(409).body("detail", containsString("requires"));
        as(again).get(OWN).then().body("on", equalTo(true));

        as(admin).get("/api/session").then().statusCode(401);
        refused(signIn(admin, Team.PASSWORD, null), "second-factor-needed");
        nobody().body(credentials).post(OWN + "/at-sign-in").then().statusCode(409);
        signIn(admin, Team.PASSWORD, Authenticator.code(secret, 1)).then().statusCode(200);
        signIn(admin, Team.PASSWORD, codes.get(0)).then().statusCode(200);
    }

    @Test
    void a_forgotten_password_is_no_way_around_it() {
        Member admin = team.newMember(Role.ADMIN);
        switchedOn(anna);
        String path = as(admin)
                .post("/api/users/" + anna.agent().id() + "/password-link")
                .path("path");
        Map<String, String> set =
                Map.of("token", path.substring(path.indexOf('#') + 1), "password", "staple the correct horse");
        assertThat(nobody().body(set).post("/api/account-links/password").cookies())
                .isEmpty();
        refused(signIn(anna, "staple the correct horse", null), "second-factor-needed");
    }

    @Test
    void what_others_have_is_for_admins() {
        as(anna).get(TEAM).then().statusCode(403);
        as(anna).body(Map.of("requiredFor", "nobody")).put(TEAM).then().statusCode(403);
        as(anna).delete(TEAM + "/" + anna.agent().id()).then().statusCode(403);
        nobody().get(TEAM).then().statusCode(401);
        nobody().get(OWN).then().statusCode(401);
        nobody().body(Map.of("current", Team.PASSWORD)).post(OWN).then().statusCode(401);
        nobody().body(Map.of("code", "123456")).post(OWN + "/confirm").then().statusCode(401);
    }

    @Test
    void the_database_has_neither_secret_nor_codes_in_the_open_and_a_seal_is_one_persons() {
        String secret = begin(anna, Team.PASSWORD).path("secret");
        List<String> codes = confirm(anna, Authenticator.code(secret, 0)).path("codes");
        byte[] raw = Authenticator.bytes(secret);
        assertThat(team.count("select count(*) from second_factor where position(:value in secret) > 0", raw))
                .isZero();
        for (String table : List.of("second_factor", "recovery_code", "audit_entry")) {
            String row = "select count(*) from " + table + " r where strpos(cast(r as text), cast(:value as text)) > 0";
            assertThat(team.count(row, secret)).isZero();
            assertThat(team.count(row, codes.get(0))).isZero();
        }
        byte[] sealed = seals.seal(anna.agent().id(), raw);
        assertThat(seals.open(anna.agent().id(), sealed)).isEqualTo(raw);
        Member ben = team.newMember(Role.AGENT);
        assertThatThrownBy(() -> seals.open(ben.agent().id(), sealed)).isInstanceOf(IllegalStateException.class);
    }
}
