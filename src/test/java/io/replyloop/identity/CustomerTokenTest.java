package io.replyloop.identity;

import static io.replyloop.identity.SignedClaims.sign;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.SiteView;
import io.replyloop.site.Sites;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CustomerTokenTest {
    @Inject
    CustomerTokens tokens;

    @Inject
    CustomerAccess access;

    @Inject
    Customers customers;

    @Inject
    SigningKeys keys;

    @Inject
    Sites sites;

    @Inject
    EntityManager entities;

    private static Response ask(Map<String, String> body) {
        return nobody().body(body).post("/api/customer/token");
    }

    private static String token(Map<String, String> body) {
        return ask(body).then().statusCode(200).extract().path("token");
    }

    private ProblemCode refusal(String token) {
        try {
            access.require(tokens.pass(token));
            return null;
        } catch (Problem problem) {
            return problem.code();
        }
    }

    private CustomerIdentity customer(String token) {
        return tokens.pass(token).customer();
    }

    private SiteView site(boolean identityRequired) {
        return sites.create(new SiteSettings("Shop", List.of(), null, null, null, identityRequired));
    }

    private static long inSeconds(long seconds) {
        return NumericDate.now().getValue() + seconds;
    }

    /** The claims of a good customer token, changed. */
    private Map<String, Object> claims(Consumer<Map<String, Object>> change) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "iss", "replyloop",
                "aud", "replyloop-customer",
                "sub", UUID.randomUUID().toString(),
                "site", sites.byKey("demo").orElseThrow().id().toString(),
                "exp", inSeconds(60)));
        change.accept(claims);
        return claims;
    }

    private String own(Consumer<Map<String, Object>> change) throws Exception {
        SigningKeys.Key key = keys.signing();
        return sign(
                claims(change),
                key.secret(),
                AlgorithmIdentifiers.HMAC_SHA256,
                key.id().toString());
    }

    @Test
    void anybody_gets_an_anonymous_token_and_no_row_is_stored() {
        String token = token(Map.of("site", "demo"));
        CustomerIdentity customer = customer(token);
        assertThat(customer.vouchedFor()).isFalse();
        assertThat(customer.siteId())
                .isEqualTo(sites.byKey("demo").orElseThrow().id());
        assertThat(customers.find(customer.id())).isEmpty();
    }

    @Test
    void a_row_comes_with_the_first_message_and_once() {
        CustomerIdentity customer = customer(token(Map.of("site", "demo")));
        Stream.generate(() -> CompletableFuture.runAsync(() -> customers.ensure(customer)))
                .limit(8)
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(customers.find(customer.id())).contains(customer);
    }

    @Test
    void an_unknown_site_gets_no_token() {
        ask(Map.of("site", "no-such-site")).then().statusCode(404);
        ask(Map.of()).then().statusCode(400).body("violations[0].field", equalTo("site"));
    }

    @Test
    void renewing_keeps_the_customer_even_after_the_tokens_end() throws Exception {
        String token = token(Map.of("site", "demo"));
        UUID customer = customer(token).id();
        assertThat(customer(token(Map.of("site", "demo", "renew", token))).id()).isEqualTo(customer);

        String expired = own(claims -> {
            claims.put("sub", customer.toString());
            claims.put("exp", inSeconds(-3_600));
        });
        assertThat(refusal(expired)).isEqualTo(ProblemCode.TOKEN_EXPIRED);
        assertThat(customer(token(Map.of("site", "demo", "renew", expired))).id())
                .isEqualTo(customer);
    }

    @Test
    void a_token_of_long_ago_or_of_another_site_renews_nothing() throws Exception {
        String ancient = own(claims -> claims.put("exp", inSeconds(-61L * 24 * 3_600)));
        ask(Map.of("site", "demo", "renew", ancient)).then().statusCode(401).body("code", equalTo("token-expired"));
        String other = token(Map.of("site", site(false).key()));
        ask(Map.of("site", "demo", "renew", other)).then().statusCode(401).body("code", equalTo("token-invalid"));
    }

    @Test
    void forged_tokens_are_refused() throws Exception {
        assertThat(refusal(own(claims -> {}))).isNull();
        SigningKeys.Key key = keys.signing();
        String id = key.id().toString();
        byte[] foreign = new byte[32];
        String hs256 = AlgorithmIdentifiers.HMAC_SHA256;
        Map<String, Object> good = claims(claims -> {});
        assertThat(Stream.of(
                                sign(good, foreign, hs256, id),
                                sign(
                                        good,
                                        key.secret(),
                                        hs256,
                                        UUID.randomUUID().toString()),
                                sign(good, key.secret(), hs256, null),
                                sign(good, null, AlgorithmIdentifiers.NONE, id),
                                sign(
                                        good,
                                        (id + id).getBytes(StandardCharsets.UTF_8),
                                        AlgorithmIdentifiers.HMAC_SHA512,
                                        id),
                                own(claims -> claims.put("aud", "somebody-else")),
                                own(claims -> claims.put("iss", "somebody-else")),
                                own(claims -> claims.remove("exp")),
                                own(claims -> claims.remove("sub")),
                                own(claims -> claims.remove("site")),
                                own(claims -> claims.put("sub", "not-a-uuid")),
                                own(claims -> claims.put("site", List.of(1))),
                                "",
                                "a.b.c",
                                "x".repeat(10_000))
                        .map(this::refusal))
                .containsOnly(ProblemCode.TOKEN_INVALID);
        assertThatThrownBy(() -> tokens.pass(null)).isInstanceOf(Problem.class);
    }

    @Test
    void a_token_with_one_changed_claim_is_refused() {
        String[] parts = token(Map.of("site", "demo")).split("\\.");
        String claims = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replaceAll("\"sub\":\"[^\"]*\"", "\"sub\":\"" + UUID.randomUUID() + "\"");
        parts[1] = Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(String.join(".", parts))).isEqualTo(ProblemCode.TOKEN_INVALID);
    }

    @Test
    void two_nodes_that_need_the_first_key_at_once_agree_on_one() {
        String token = token(Map.of("site", "demo"));
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("update signing_key set retired_at = now()")
                        .executeUpdate());
        List<UUID> signing = Stream.generate(() -> CompletableFuture.supplyAsync(
                        () -> new SigningKeys(entities.unwrap(Session.class), ForkJoinPool.commonPool())
                                .signing()
                                .id()))
                .limit(6)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .distinct()
                .toList();
        assertThat(signing).hasSize(1);
        // The application remembers keys for a while: what it signs with the one that was retired must go on to count.
        QuarkusTransaction.requiringNew()
                .run(() -> entities.createNativeQuery("update signing_key set retired_at = null")
                        .executeUpdate());
        assertThat(token).isNotEmpty();
    }

    @Test
    void a_site_vouches_for_its_customer_who_stays_the_same_person() throws Exception {
        SiteView site = site(true);
        byte[] secret = sites.renewIdentitySecret(site.id(), Duration.ZERO).getBytes(StandardCharsets.UTF_8);
        Map<String, Object> wei =
                Map.of("sub", "user-42", "exp", inSeconds(600), "name", " Wei ", "email", "wei@shop.example");
        String voucher = sign(wei, secret, AlgorithmIdentifiers.HMAC_SHA256, null);
        CustomerIdentity first = customer(token(Map.of("site", site.key(), "identity", voucher)));
        CustomerIdentity second = customer(token(Map.of("site", site.key(), "identity", voucher)));
        assertThat(second).isEqualTo(first);
        assertThat(first.name()).isEqualTo("Wei");
        assertThat(first.externalId()).isEqualTo("user-42");
        customers.ensure(first);
        assertThat(customers.find(first.id())).contains(first);

        // Somebody who was signed out on the site must not go on as that person here.
        String token = token(Map.of("site", site.key(), "identity", voucher));
        ask(Map.of("site", site.key(), "renew", token)).then().statusCode(403);
    }

    @Test
    void a_vouched_token_from_before_secrets_had_numbers_is_of_the_first() throws Exception {
        SiteView site = site(true);
        Consumer<Map<String, Object>> vouched = claims -> {
            claims.put("site", site.id().toString());
            claims.put("external", "user-42");
            claims.put("iat", inSeconds(-60));
        };
        sites.renewIdentitySecret(site.id(), Duration.ZERO);
        String token = own(vouched);
        assertThat(refusal(token)).isNull();
        sites.renewIdentitySecret(site.id(), Duration.ZERO);
        assertThat(refusal(token)).isEqualTo(ProblemCode.TOKEN_INVALID);
    }

    @Test
    void the_same_user_name_on_another_site_is_another_customer() {
        assertThat(SiteVouchers.idOf(UUID.randomUUID(), "42")).isNotEqualTo(SiteVouchers.idOf(UUID.randomUUID(), "42"));
        UUID site = UUID.fromString("0190f3a1-4a2d-7f10-8b77-91d2c4e5f602");
        assertThat(SiteVouchers.idOf(site, "42")).isEqualTo(SiteVouchers.idOf(site, "42"));
        assertThat(SiteVouchers.idOf(site, "42").version()).isEqualTo(8);
        assertThat(SiteVouchers.idOf(site, "42").variant()).isEqualTo(2);
    }

    @Test
    void a_site_that_requires_identity_has_no_anonymous_customers() {
        ask(Map.of("site", site(true).key())).then().statusCode(403).body("code", equalTo("not-allowed"));
    }

    @Test
    void bad_vouchers_are_refused() throws Exception {
        SiteView site = site(false);
        ask(Map.of("site", site.key(), "identity", "a.b.c")).then().statusCode(401);
        byte[] old = sites.renewIdentitySecret(site.id(), Duration.ZERO).getBytes(StandardCharsets.UTF_8);
        byte[] secret = sites.renewIdentitySecret(site.id(), Duration.ZERO).getBytes(StandardCharsets.UTF_8);
        String hs256 = AlgorithmIdentifiers.HMAC_SHA256;
        Map<String, Object> good = Map.of("sub", "42", "exp", inSeconds(600));
        ask(Map.of("site", site.key(), "identity", sign(good, secret, hs256, null)))
                .then()
                .statusCode(200);
        for (String bad : List.of(
                sign(good, old, hs256, null),
                sign(good, null, AlgorithmIdentifiers.NONE, null),
                sign(Map.of("sub", "42"), secret, hs256, null),
                sign(Map.of("exp", inSeconds(600)), secret, hs256, null),
                sign(Map.of("sub", " ", "exp", inSeconds(600)), secret, hs256, null),
                sign(Map.of("sub", "x".repeat(201), "exp", inSeconds(600)), secret, hs256, null),
                sign(Map.of("sub", "42", "exp", inSeconds(600), "name", List.of("a")), secret, hs256, null),
                sign(Map.of("sub", "4\u00002", "exp", inSeconds(600)), secret, hs256, null),
                sign(Map.of("sub", "42", "exp", inSeconds(600), "name", "W\u0000"), secret, hs256, null),
                sign(Map.of("sub", "42", "exp", inSeconds(600), "email", "\u0000@x.example"), secret, hs256, null),
                sign(Map.of("sub", "42", "exp", inSeconds(25 * 3_600)), secret, hs256, null))) {
            ask(Map.of("site", site.key(), "identity", bad))
                    .then()
                    .statusCode(401)
                    .body("code", equalTo("token-invalid"));
        }
        String late = sign(Map.of("sub", "42", "exp", inSeconds(-10)), secret, hs256, null);
        ask(Map.of("site", site.key(), "identity", late)).then().statusCode(401).body("code", equalTo("token-expired"));
    }
}
