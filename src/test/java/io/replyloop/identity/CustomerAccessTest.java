package io.replyloop.identity;

import static io.replyloop.identity.SignedClaims.sign;
import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import io.replyloop.signin.Team.Member;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a customer's access is taken back: from one, who is blocked, and from all of a site. */
@QuarkusTest
class CustomerAccessTest {
    private static final String BLOCKED = "/api/blocked-customers";

    @Inject
    CustomerTokens tokens;

    @Inject
    CustomerAccess access;

    @Inject
    Customers customers;

    @Inject
    Sites sites;

    @Inject
    Team team;

    private Member admin;
    private Member agent;
    private SiteView site;

    @BeforeEach
    void aSiteAndItsTeam() {
        admin = team.newMember(Role.ADMIN);
        agent = team.newMember(Role.AGENT);
        site = sites.create(settings(false));
    }

    private static SiteSettings settings(boolean identityRequired) {
        return new SiteSettings("Shop", List.of(), null, null, null, identityRequired);
    }

    private Response ask(String field, String value) {
        Map<String, String> body = new HashMap<>(Map.of("site", site.key()));
        if (field != null) {
            body.put(field, value);
        }
        return nobody().body(body).post("/api/customer/token");
    }

    private String anonymous() {
        return ask(null, null).then().statusCode(200).extract().path("token");
    }

    /** Somebody who has written. */
    private CustomerIdentity writing(String token) {
        CustomerIdentity customer = tokens.pass(token).customer();
        customers.ensure(customer);
        return customer;
    }

    private ProblemCode refusal(String token) {
        try {
            access.require(tokens.pass(token));
            return null;
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private static String voucher(String secret, Map<String, Object> more) throws Exception {
        Map<String, Object> claims =
                new HashMap<>(Map.of("sub", "wei", "exp", NumericDate.now().getValue() + 600));
        claims.putAll(more);
        return sign(claims, secret.getBytes(StandardCharsets.UTF_8), AlgorithmIdentifiers.HMAC_SHA256, null);
    }

    private String newSecret(int keepOldMinutes) {
        return as(admin)
                .body(Map.of("keepOldMinutes", keepOldMinutes))
                .post("/api/sites/" + site.id() + "/identity-secret")
                .then()
                .statusCode(200)
                .extract()
                .path("secret");
    }

    private void endTokens() {
        as(admin)
                .delete("/api/sites/" + site.id() + "/customer-tokens")
                .then()
                .statusCode(200)
                .body("customersNotBefore", not(nullValue()));
    }

    @Test
    void a_blocked_customer_gets_no_token_and_has_none_until_somebody_unblocks_them() {
        String token = anonymous();
        CustomerIdentity customer = writing(token);
        as(agent)
                .body(Map.of("reason", " spam "))
                .put(BLOCKED + "/" + customer.id())
                .then()
                .statusCode(200)
                .body("customer", equalTo(customer.id().toString()))
                .body("reason", equalTo("spam"))
                .body("by", equalTo("Somebody"));
        assertThat(refusal(token)).isEqualTo(ProblemCode.BLOCKED);
        ask("renew", token).then().statusCode(403).body("code", equalTo("blocked"));
        as(admin)
                .get(BLOCKED)
                .then()
                .statusCode(200)
                .body("items.customer", hasItem(customer.id().toString()));
        as(agent)
                .queryParam("customer", customer.id())
                .get(BLOCKED)
                .then()
                .statusCode(200)
                .body("items.reason", equalTo(List.of("spam")));
        assertThat(refusal(anonymous())).isNull();

        as(agent).delete(BLOCKED + "/" + customer.id()).then().statusCode(204);
        assertThat(refusal(token)).isNull();
        as(admin)
                .get(BLOCKED)
                .then()
                .body("items.customer", not(hasItem(customer.id().toString())));
    }

    @Test
    void a_vouched_customer_stays_blocked_however_often_the_site_vouches_anew() throws Exception {
        String secret = newSecret(0);
        CustomerIdentity wei =
                writing(ask("identity", voucher(secret, Map.of())).path("token"));
        as(agent).put(BLOCKED + "/" + wei.id()).then().statusCode(200);
        as(agent).put(BLOCKED + "/" + wei.id()).then().statusCode(200);
        ask("identity", voucher(secret, Map.of("name", "Somebody else")))
                .then()
                .statusCode(403)
                .body("code", equalTo("blocked"));
        ask("identity", voucher(secret, Map.of("sub", "mei"))).then().statusCode(200);
    }

    @Test
    void the_block_list_is_the_teams_and_knows_who_is_there() {
        UUID nowhere = UUID.randomUUID();
        nobody().get(BLOCKED).then().statusCode(401);
        nobody().put(BLOCKED + "/" + nowhere).then().statusCode(401);
        nobody().delete(BLOCKED + "/" + nowhere).then().statusCode(401);
        as(agent).put(BLOCKED + "/" + nowhere).then().statusCode(404);
        as(agent).delete(BLOCKED + "/" + nowhere).then().statusCode(404);
        as(agent)
                .body(Map.of("reason", "x".repeat(501)))
                .put(BLOCKED + "/" + nowhere)
                .then()
                .statusCode(400);
        as(agent).queryParam("cursor", "made-up").get(BLOCKED).then().statusCode(400);
    }

    @Test
    void the_block_list_comes_in_pages() {
        List<String> made = Stream.generate(() -> writing(anonymous()).id())
                .limit(3)
                .peek(id -> as(agent).put(BLOCKED + "/" + id).then().statusCode(200))
                .map(UUID::toString)
                .toList();
        Response first = as(agent).queryParam("limit", 2).get(BLOCKED);
        assertThat(first.<List<String>>path("items.customer")).containsExactly(made.get(2), made.get(1));
        as(agent)
                .queryParam("limit", 2)
                .queryParam("cursor", first.<String>path("next"))
                .get(BLOCKED)
                .then()
                .body("items[0].customer", equalTo(made.get(0)));
    }

    @Test
    void what_takes_access_back_from_a_whole_site_is_for_admins() {
        for (String path : List.of("customer-tokens", "previous-identity-secret")) {
            String address = "/api/sites/" + site.id() + "/" + path;
            nobody().delete(address).then().statusCode(401);
            as(agent).delete(address).then().statusCode(403);
            as(admin)
                    .delete("/api/sites/" + UUID.randomUUID() + "/" + path)
                    .then()
                    .statusCode(404);
        }
    }

    @Test
    void tokens_from_before_a_site_ended_them_hold_no_longer_and_new_ones_do_at_once() throws Exception {
        String secret = newSecret(0);
        String before = anonymous();
        String voucher = voucher(secret, Map.of("iat", NumericDate.now().getValue() - 60));
        String vouchedBefore = ask("identity", voucher).path("token");
        SiteView other = sites.create(settings(false));
        String elsewhere = tokens.issue(other.key(), null, null).token();

        endTokens();
        assertThat(refusal(before)).isEqualTo(ProblemCode.TOKEN_INVALID);
        assertThat(refusal(vouchedBefore)).isEqualTo(ProblemCode.TOKEN_INVALID);
        ask("renew", before).then().statusCode(401).body("code", equalTo("token-invalid"));
        // A voucher that is shown a second time is as old as it was the first time.
        ask("identity", voucher).then().statusCode(401).body("code", equalTo("token-expired"));

        assertThat(refusal(anonymous())).isNull();
        String fresh = voucher(secret, Map.of("iat", NumericDate.now().getValue() + 1));
        assertThat(refusal(ask("identity", fresh).path("token"))).isNull();
        assertThat(refusal(elsewhere)).isNull();
    }

    @Test
    void anonymous_tokens_end_when_the_site_asks_for_identity() throws Exception {
        String secret = newSecret(0);
        String nameless = anonymous();
        String vouched = ask("identity", voucher(secret, Map.of())).path("token");
        sites.update(site.id(), settings(true));
        assertThat(refusal(nameless)).isEqualTo(ProblemCode.TOKEN_INVALID);
        assertThat(refusal(vouched)).isNull();
    }

    @Test
    void a_replaced_secret_takes_everything_with_it_that_it_vouched_for() throws Exception {
        String old = newSecret(0);
        String token = ask("identity", voucher(old, Map.of())).path("token");
        String secret = newSecret(0);
        assertThat(refusal(token)).isEqualTo(ProblemCode.TOKEN_INVALID);
        ask("identity", voucher(old, Map.of())).then().statusCode(401);
        assertThat(refusal(ask("identity", voucher(secret, Map.of())).path("token")))
                .isNull();
    }

    @Test
    void two_secrets_count_for_as_long_as_the_admin_says() throws Exception {
        String old = newSecret(0);
        String before = ask("identity", voucher(old, Map.of())).path("token");
        String secret = newSecret(60);
        Response meanwhile = ask("identity", voucher(old, Map.of()));
        assertThat(Instant.parse(meanwhile.path("expiresAt")))
                .isBetween(Instant.now(), Instant.now().plusSeconds(3_601));
        assertThat(refusal(before)).isNull();
        assertThat(refusal(meanwhile.path("token"))).isNull();
        as(admin)
                .get("/api/sites")
                .then()
                .body("find { it.id == '" + site.id() + "' }.previousSecretUntil", not(nullValue()));

        team.sql("update site set previous_secret_until = now() where id = :value", site.id());
        assertThat(refusal(before)).isEqualTo(ProblemCode.TOKEN_INVALID);
        assertThat(refusal(meanwhile.path("token"))).isEqualTo(ProblemCode.TOKEN_INVALID);
        ask("identity", voucher(old, Map.of())).then().statusCode(401).body("code", equalTo("token-invalid"));
        ask("identity", voucher(secret, Map.of())).then().statusCode(200);
    }

    @Test
    void an_admin_can_end_the_old_secret_before_its_time() throws Exception {
        String old = newSecret(0);
        newSecret(60);
        ask("identity", voucher(old, Map.of())).then().statusCode(200);
        as(admin)
                .delete("/api/sites/" + site.id() + "/previous-identity-secret")
                .then()
                .statusCode(200)
                .body("previousSecretUntil", nullValue());
        ask("identity", voucher(old, Map.of())).then().statusCode(401);
        as(admin)
                .body(Map.of("keepOldMinutes", -1))
                .post("/api/sites/" + site.id() + "/identity-secret")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"keepOldMinutes\": null}"})
    void a_live_secret_is_replaced_only_by_who_says_how_long_it_counts(String body) throws Exception {
        String live = newSecret(0);
        var asked = as(admin);
        if (!body.isEmpty()) {
            asked.body(body);
        }
        asked.post("/api/sites/" + site.id() + "/identity-secret")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid"))
                .body("detail", containsString("{\"keepOldMinutes\": 60}"));
        ask("identity", voucher(live, Map.of())).then().statusCode(200);
    }

    @Test
    void a_voucher_for_somebody_else_is_refused() throws Exception {
        String secret = newSecret(0);
        ask("identity", voucher(secret, Map.of("aud", "billing")))
                .then()
                .statusCode(401)
                .body("code", equalTo("token-invalid"));
        ask("identity", voucher(secret, Map.of("aud", List.of("billing", site.key()))))
                .then()
                .statusCode(200);
        ask("identity", voucher(secret, Map.of("aud", site.key()))).then().statusCode(200);
    }

    @Test
    void what_held_before_the_upgrade_holds_after_it() throws Exception {
        String secret = newSecret(0);
        // As the columns of a site are that is from before.
        team.sql("update site set audience_checked = false where id = :value", site.id());
        String token =
                ask("identity", voucher(secret, Map.of("aud", "billing"))).path("token");
        assertThat(refusal(token)).isNull();
        // Settings that a page from before sends do not say whether the audience is checked, and change nothing in it.
        sites.update(site.id(), settings(false));
        ask("identity", voucher(secret, Map.of("aud", "billing"))).then().statusCode(200);
        sites.update(site.id(), new SiteSettings("Shop", List.of(), null, null, null, false, true));
        ask("identity", voucher(secret, Map.of("aud", "billing"))).then().statusCode(401);
        assertThat(refusal(token)).isNull();
    }
}
