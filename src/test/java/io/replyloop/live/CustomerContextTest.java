package io.replyloop.live;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditEntries;
import io.replyloop.identity.CustomerForms;
import io.replyloop.identity.CustomerVisit;
import io.replyloop.identity.FilledForm;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedClaims;
import io.replyloop.platform.Problem;
import io.replyloop.signin.Team.Member;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.SiteView;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What agents know of whom they talk to. */
@QuarkusTest
class CustomerContextTest extends LiveTest {
    private static final String BROWSER =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0";

    @Inject
    AuditEntries entries;

    @Inject
    CustomerForms forms;

    private Visitor visitor;
    private SocketClient page;
    private String conversation;
    private Member ada;
    private String address;

    @BeforeEach
    void somebodyWrites() {
        visitor = visitor();
        page = opened(SocketClient.connect(server.getPort(), "/ws/customer", "User-Agent", BROWSER));
        page.send("hello", "token", visitor.token(), "after", 0);
        page.next("welcome");
        page.send("visit", "page", "https://SHOP.example/cart?order=4711#pay", "language", "de-AT");
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        conversation = page.next("ack").get("conversation").textValue();
        ada = team.newMember(Role.AGENT);
        address = "/api/customers/" + visitor.identity().id();
    }

    private ValidatableResponse profile() {
        return as(ada).get(address + "/profile").then().statusCode(200);
    }

    private ValidatableResponse adds(Member who, UUID id, String text) {
        return as(who).body(Map.of("id", id, "text", text))
                .post(address + "/notes")
                .then();
    }

    private ValidatableResponse changes(Member who, UUID id, String text, int version) {
        return as(who).body(Map.of("text", text, "version", version))
                .put(address + "/notes/" + id)
                .then();
    }

    private ValidatableResponse corrects(String name, String email) {
        return as(ada).body(Map.of("name", name, "email", email))
                .put(address + "/profile")
                .then();
    }

    @Test
    void agents_alone_know_it_and_nobody_knows_of_somebody_unknown() {
        UUID id = UUID.randomUUID();
        adds(ada, id, "Likes tea").statusCode(200);
        String note = address + "/notes/" + id;
        Map<String, Object> added = Map.of("id", UUID.randomUUID(), "text", "Me");
        Map<String, Object> change = Map.of("text", "Me", "version", 1);
        for (String token :
                List.of("", "Bearer " + visitor.token(), "Bearer " + visitor().token())) {
            nobody().header("Authorization", token)
                    .get(address + "/profile")
                    .then()
                    .statusCode(401);
            nobody().header("Authorization", token)
                    .body("{\"name\": \"Me\"}")
                    .put(address + "/profile")
                    .then()
                    .statusCode(401);
            nobody().header("Authorization", token)
                    .body(added)
                    .post(address + "/notes")
                    .then()
                    .statusCode(401);
            nobody().header("Authorization", token)
                    .body(change)
                    .put(note)
                    .then()
                    .statusCode(401);
            nobody().header("Authorization", token).delete(note).then().statusCode(401);
        }
        String unknown = "/api/customers/" + UUID.randomUUID();
        as(ada).get(unknown + "/profile").then().statusCode(404);
        as(ada).body("{\"name\": \"Me\"}").put(unknown + "/profile").then().statusCode(404);
        as(ada).body(added).post(unknown + "/notes").then().statusCode(404);
        as(ada).body(change).put(unknown + "/notes/" + id).then().statusCode(404);
        as(ada).delete(unknown + "/notes/" + id).then().statusCode(404);
        profile().body("notes.text", contains("Likes tea"));
    }

    @Test
    void a_note_is_everybodys_to_read_and_its_authors_and_admins_to_change() {
        Member ben = team.newMember(Role.AGENT);
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        adds(ada, first, "  Likes tea ").body("text", equalTo("Likes tea")).body("version", equalTo(1));
        adds(ben, second, "Calls back\nin the morning").statusCode(200);
        profile()
                .body("notes.text", contains("Calls back\nin the morning", "Likes tea"))
                .body("notes[1].authorName", equalTo(ada.agent().name()));

        changes(ben, first, "Hates tea", 1).statusCode(403);
        as(ben).delete(address + "/notes/" + first).then().statusCode(403);
        changes(ada, first, "Likes green tea", 1).body("version", equalTo(2)).body("changedAt", containsString("T"));
        changes(ada, first, "Likes green tea", 1).statusCode(200).body("version", equalTo(2));
        changes(ada, first, "Likes black tea", 1).statusCode(409);
        Member admin = team.newMember(Role.ADMIN);
        changes(admin, first, "Likes all tea", 2).statusCode(200);
        as(admin).delete(address + "/notes/" + second).then().statusCode(204);
        as(ben).delete(address + "/notes/" + second).then().statusCode(204);

        profile().body("notes.text", contains("Likes all tea"));
    }

    @Test
    void a_note_that_is_sent_twice_is_there_once_and_there_are_at_most_fifty_short_ones() {
        UUID id = UUID.randomUUID();
        adds(ada, id, "Likes tea").statusCode(200);
        long before = entries.newest();
        adds(ada, id, "Likes tea").statusCode(200);
        assertThat(entries.after(before)).isEmpty();
        adds(team.newMember(Role.AGENT), id, "Another").statusCode(409);
        for (String text : List.of(" ", "x".repeat(2_001), "a\u0000b", "\ud800")) {
            adds(ada, UUID.randomUUID(), text).statusCode(400);
        }
        adds(ada, UUID.randomUUID(), "x".repeat(2_000)).statusCode(200);
        team.sql(
                "insert into customer_note (id, customer_id, author_id, text)"
                        + " select gen_random_uuid(), customer_id, author_id, text from customer_note, generate_series(1, 48)"
                        + " where id = :value",
                id);
        adds(ada, UUID.randomUUID(), "One too many").statusCode(409).body("detail", containsString("50"));
        profile().body("notes", hasSize(50));
    }

    @Test
    void whoever_looks_at_the_customer_is_told_and_the_customer_is_not() {
        // What the customer's page said at first is told of before.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> profile().body("visit.page", equalTo("https://shop.example/cart")));
        SocketClient console = agent(ada);
        console.send("open", "conversation", conversation, "after", 0);
        console.next("opened");
        UUID id = UUID.randomUUID();

        adds(team.newMember(Role.AGENT), id, "Likes tea").statusCode(200);

        assertThat(console.next("customer").get("conversation").textValue()).isEqualTo(conversation);
        corrects("Wei", "");
        assertThat(console.next("customer").get("conversation").textValue()).isEqualTo(conversation);
        page.send("visit", "page", "https://shop.example/paid");
        assertThat(console.next("customer").get("conversation").textValue()).isEqualTo(conversation);
        page.send("ping");
        page.next("pong");
        assertThat(page.received("customer")).isEmpty();
    }

    @Test
    void agents_see_where_the_customer_is_without_what_was_asked_there() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> profile().body("visit.page", equalTo("https://shop.example/cart")));
        profile()
                .body("visit.language", equalTo("de-AT"))
                .body("visit.browser", equalTo("Firefox"))
                .body("visit.system", equalTo("Windows"))
                .body("visit", hasKey("at"));

        page.send("visit", "page", "javascript:alert(1)", "language", "no language at all");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> profile().body("visit", not(hasKey("page"))));
        profile().body("visit", not(hasKey("language")));

        page.send("visit", "page", "x".repeat(4_001));
        page.nextProblem("malformed-frame");
    }

    @Test
    void what_a_page_says_of_the_customer_is_marked_and_stays_until_a_page_says_something_else() {
        page.send("visit", "attributes", Map.of("plan", "gold", "orders", 3, "trial", false));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> profile()
                        .body("attributes.name", contains("orders", "plan", "trial"))
                        .body("attributes.value", contains("3", "gold", "false"))
                        .body("attributes.vouched", contains(false, false, false)));
        page.send("visit", "page", "https://shop.example/next");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> profile().body("visit.page", equalTo("https://shop.example/next")));
        profile().body("attributes", hasSize(3));

        Map<String, Object> many = new HashMap<>();
        IntStream.range(0, 21).forEach(number -> many.put("a" + number, number));
        List<Object> wrong = List.of(
                many,
                "gold",
                List.of("gold"),
                Map.of("Plan", "gold"),
                Map.of("x".repeat(41), 1),
                Map.of("plan", List.of()),
                Map.of("plan", "x".repeat(201)),
                Map.of("plan", "a\u0000b"));
        for (Object attributes : wrong) {
            page.send("visit", "attributes", attributes);
            page.nextProblem("malformed-frame");
        }
        page.send("visit", "attributes", Map.of());
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> profile().body("attributes", hasSize(0)));
    }

    @Test
    void what_the_website_has_signed_counts_more_than_what_its_page_says() throws JoseException {
        SiteView site = sites.create(new SiteSettings("Tea shop", List.of(), null, "", "", false));
        byte[] secret = sites.renewIdentitySecret(site.id(), Duration.ZERO).getBytes(StandardCharsets.UTF_8);
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", "wei");
        claims.put("exp", Instant.now().plusSeconds(600).getEpochSecond());
        claims.put("attributes", Map.of("plan", "gold", "since", 2019));
        String token = tokens.issue(site.key(), null, signed(claims, secret)).token();
        visitor = new Visitor(token, tokens.pass(token).customer());
        address = "/api/customers/" + visitor.identity().id();
        page = customer(visitor, 0);
        page.send("visit", "attributes", Map.of("plan", "platinum", "orders", 3));
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        page.next("ack");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> profile()
                        .body("attributes.name", contains("plan", "since", "orders"))
                        .body("attributes.value", contains("gold", "2019", "3"))
                        .body("attributes.vouched", contains(true, true, false)));

        for (Object attributes : List.of("gold", Map.of("Plan", "gold"), Map.of("plan", List.of("gold")))) {
            claims.put("attributes", attributes);
            String voucher = signed(claims, secret);
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> tokens.issue(site.key(), null, voucher))
                    .withMessageContaining("attributes");
        }
        Map<String, Object> full = new HashMap<>();
        IntStream.range(0, 13).forEach(number -> full.put("a" + number, "x".repeat(200)));
        claims.put("attributes", full);
        claims.put("name", "n".repeat(250));
        String longest = tokens.issue(site.key(), null, signed(claims, secret)).token();
        assertThat(tokens.pass(longest).attributes()).isEqualTo(full);
        nobody().header("Authorization", "Bearer " + longest)
                .get("/api/customer/conversations")
                .then()
                .statusCode(200);
    }

    private static String signed(Map<String, Object> claims, byte[] secret) throws JoseException {
        return SignedClaims.sign(claims, secret, AlgorithmIdentifiers.HMAC_SHA256, null);
    }

    @Test
    void of_somebody_who_writes_nothing_nothing_is_stored() {
        Visitor silent = visitor();
        SocketClient looks = customer(silent, 0);
        looks.send("visit", "page", "https://shop.example/");
        looks.send("ping");
        looks.next("pong");

        as(ada).get("/api/customers/" + silent.identity().id() + "/profile")
                .then()
                .statusCode(404);
        assertThat(team.count(
                        "select count(*) from customer_visit where customer_id = :value",
                        silent.identity().id()))
                .isZero();
    }

    @Test
    void an_address_is_kept_without_query_fragment_and_password_if_it_is_one_of_the_web() {
        assertThat(page("https://a:b@Shop.example:8443/c%20d?e=f#g")).isEqualTo("https://shop.example:8443/c%20d");
        assertThat(page("http://shop.example")).isEqualTo("http://shop.example/");
        assertThat(page("http://shop.example?q")).isEqualTo("http://shop.example/");
        for (String no : List.of("ftp://shop.example/", "https://", "//shop.example", "https:/a", "https://a b/", "")) {
            assertThat(page(no)).as(no).isNull();
        }
        assertThat(page("https://shop.example/" + "x".repeat(479))).hasSize(500);
        assertThat(page("https://shop.example/" + "x".repeat(480))).isNull();
    }

    private static String page(String address) {
        return CustomerVisit.of(address, null, null, null).page();
    }

    @Test
    void what_nobody_vouches_for_can_be_corrected_and_a_form_does_not_undo_it() {
        profile().body("name", nullValue()).body("correctable", equalTo(true));

        long start = entries.newest();
        corrects(" Wei Zhang ", "wei@example.org")
                .statusCode(200)
                .body("name", equalTo("Wei Zhang"))
                .body("nameFrom", equalTo("team"))
                .body("emailFrom", equalTo("team"));
        as(ada).get("/api/conversations/" + conversation).then().body("customer.name", equalTo("Wei Zhang"));
        assertThat(entries.after(start)).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("customer.corrected");
            assertThat(entry.after().toString()).contains("Wei Zhang");
        });
        long before = entries.newest();
        corrects("Wei Zhang", "wei@example.org").statusCode(200);
        assertThat(entries.after(before)).isEmpty();

        as(team.newMember(Role.ADMIN))
                .body(Map.of("asked", true, "fields", List.of(Map.of("key", "name", "kind", "name"))))
                .put("/api/sites/" + visitor.identity().siteId() + "/form")
                .then()
                .statusCode(200);
        forms.keep(visitor.identity(), new FilledForm(false, Map.of("name", "Somebody else")));
        profile().body("name", equalTo("Wei Zhang")).body("answers.value", contains("Somebody else"));

        corrects("x".repeat(201), "").statusCode(400);
        corrects("Two\nlines", "").statusCode(400);
        corrects("Wei", "not an address").statusCode(400);
        corrects("", "").statusCode(200).body("$", not(hasKey("name"))).body("$", not(hasKey("emailFrom")));
    }

    @Test
    void who_a_site_vouches_for_is_called_what_the_site_says() {
        team.sql(
                "update customer set external_id = 'wei', name = 'Wei' where id = :value",
                visitor.identity().id());

        corrects("Somebody else", "").statusCode(409);

        profile().body("name", equalTo("Wei")).body("nameFrom", equalTo("site")).body("correctable", equalTo(false));
    }
}
