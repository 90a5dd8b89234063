package io.replyloop.live;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditEntries;
import io.replyloop.conversation.MessageContent;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.FilledForm;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team.Member;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.SiteView;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a site asks before a conversation begins, from the admin to the agent. */
@QuarkusTest
class FormTest extends LiveTest {
    private static final Map<String, Object> NAME = Map.of("key", "name", "kind", "name", "required", true);
    private static final Map<String, Object> EMAIL = Map.of("key", "email", "kind", "email");
    private static final Map<String, Object> ORDER =
            Map.of("key", "order", "kind", "text", "labelEn", "Order number", "labelZh", "订单号");
    private static final Map<String, Object> TOPIC = Map.of(
            "key",
            "topic",
            "kind",
            "topic",
            "labelEn",
            "What is it about?",
            "options",
            List.of(Map.of("en", "Delivery", "zh", "配送"), Map.of("en", "Returns", "zh", "")));
    private static final Map<String, Object> CONSENT =
            Map.of("key", "consent", "kind", "consent", "required", true, "labelEn", "You may keep this.");

    @Inject
    AuditEntries entries;

    private Member admin;
    private SiteView site;
    private String address;

    @BeforeEach
    void aSite() {
        admin = team.newMember(Role.ADMIN);
        site = sites.create(new SiteSettings("Tea shop", List.of(), null, "", "", false));
        address = "/api/sites/" + site.id() + "/form";
    }

    private static Map<String, Object> form(Object... fields) {
        return Map.of("asked", true, "fields", List.of(fields));
    }

    private void asks(Object... fields) {
        as(admin).body(form(fields)).put(address).then().statusCode(200);
    }

    private void refused(Map<String, Object> form) {
        as(admin).body(form).put(address).then().statusCode(400);
    }

    private static Map<String, Object> with(Map<String, Object> field, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(field);
        changed.put(name, value);
        return changed;
    }

    @Test
    void forms_are_for_admins_and_answers_for_agents() {
        Member agent = team.newMember(Role.AGENT);
        as(agent).get(address).then().statusCode(403);
        as(agent).body(form(NAME)).put(address).then().statusCode(403);
        nobody().get(address).then().statusCode(401);
        nobody().body(form(NAME)).put(address).then().statusCode(401);
        String unknown = "/api/sites/" + UUID.randomUUID() + "/form";
        as(admin).get(unknown).then().statusCode(404);
        as(admin).body(form(NAME)).put(unknown).then().statusCode(404);
        as(admin)
                .body(Map.of("asked", false, "fields", List.of()))
                .put(unknown)
                .then()
                .statusCode(404);
        String answers = "/api/customers/" + UUID.randomUUID() + "/answers";
        as(agent).get(answers).then().statusCode(200).body("$", hasSize(0));
        nobody().get(answers).then().statusCode(401);
    }

    @Test
    void nothing_is_asked_until_an_admin_says_so_and_then_the_widget_is_told() {
        given().queryParam("site", site.key()).get("/api/widget").then().body("$", not(hasKey("form")));

        asks(NAME, TOPIC);

        given().queryParam("site", site.key())
                .get("/api/widget")
                .then()
                .body("form.fields.key", contains("name", "topic"))
                .body("form.fields[0].required", equalTo(true))
                .body("form.fields[1].options[0].zh", equalTo("配送"));
        as(admin)
                .body(Map.of("asked", false, "fields", List.of(NAME)))
                .put(address)
                .then()
                .statusCode(200);
        given().queryParam("site", site.key()).get("/api/widget").then().body("$", not(hasKey("form")));
        as(admin).get(address).then().body("fields", hasSize(1));
    }

    @Test
    void a_form_that_asks_nothing_or_too_much_is_refused() {
        refused(form());
        refused(form(NAME, with(NAME, "key", "other")));
        refused(form(ORDER, ORDER));
        refused(form(with(ORDER, "key", "Not a key")));
        refused(form(with(ORDER, "kind", "password")));
        refused(form(Map.of("key", "empty", "kind", "text")));
        refused(form(with(TOPIC, "options", List.of())));
        refused(form(with(TOPIC, "options", Collections.nCopies(31, Map.of("en", "x", "zh", "")))));
        refused(form(with(ORDER, "labelEn", "x".repeat(501))));
        refused(form(Collections.nCopies(11, NAME).toArray()));
    }

    @Test
    void each_change_of_a_form_is_on_record() {
        asks(NAME, TOPIC, ORDER);
        Map<String, Object> chinese = with(ORDER, "labelZh", "订单编号");
        Map<String, Object> topics = with(TOPIC, "options", List.of(Map.of("en", "Delivery", "zh", "送货")));
        changes(() -> asks(NAME, TOPIC, chinese), "order: text Order number | 订单编号");
        changes(() -> asks(NAME, topics, chinese), "topic: Delivery | 送货");
        changes(() -> asks(NAME, with(topics, "key", "about"), chinese), "about: topic What is it about?");
        long before = entries.newest();
        asks(NAME, with(topics, "key", "about"), chinese);
        assertThat(entries.after(before)).isEmpty();
    }

    private void changes(Runnable act, String after) {
        long before = entries.newest();
        act.run();
        assertThat(entries.after(before))
                .singleElement()
                .satisfies(entry -> assertThat(entry.after().toString()).contains(after));
    }

    @Test
    void answers_come_with_the_first_message_and_stand_beside_the_conversation() {
        asks(NAME, EMAIL, ORDER, TOPIC, CONSENT);
        String token = tokens.issue(site.key(), null, null).token();
        CustomerIdentity customer = tokens.pass(token).customer();
        SocketClient page = customer(new Visitor(token, customer), 0);

        page.send(
                "form",
                "language",
                "zh",
                "values",
                Map.of(
                        "name", " Wei Zhang ",
                        "email", "wei@example.org",
                        "order", "4711",
                        "topic", "配送",
                        "consent", "yes",
                        "admin", "true"));
        String answers = "/api/customers/" + customer.id() + "/answers";
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        String conversation = page.next("ack").get("conversation").textValue();

        Member agent = team.newMember(Role.AGENT);
        as(agent)
                .get(answers)
                .then()
                .body("kind", contains("name", "email", "text", "topic", "consent"))
                .body("value", contains("Wei Zhang", "wei@example.org", "4711", "配送", "yes"))
                .body("label", contains("", "", "订单号", "What is it about?", "You may keep this."));
        as(agent).get("/api/conversations/" + conversation).then().body("customer.name", equalTo("Wei Zhang"));

        page.send("form", "language", "en", "values", Map.of("name", "Somebody else"));
        page.send("send", "id", UUID.randomUUID(), "text", "Another message");
        page.next("ack");
        as(agent).get("/api/conversations/" + conversation).then().body("customer.name", equalTo("Wei Zhang"));
        as(admin)
                .get("/api/customers/" + customer.id() + "/export")
                .then()
                .body("customer.email", equalTo("wei@example.org"))
                .body("answers.value", contains("Wei Zhang", "wei@example.org", "4711", "配送", "yes"));
    }

    @Test
    void what_does_not_fit_the_form_is_left_out_and_the_message_is_not() {
        asks(NAME, EMAIL, ORDER, TOPIC, CONSENT);
        CustomerIdentity customer = new CustomerIdentity(UUID.randomUUID(), site.id(), null, null, null);

        conversations.customerMessage(
                customer,
                UUID.randomUUID(),
                MessageContent.of("Hello?"),
                false,
                new FilledForm(
                        false,
                        Map.of(
                                "name", "x".repeat(201),
                                "email", "nowhere",
                                "topic", "Weather",
                                "consent", "no",
                                "order", "4711")));

        as(admin).get("/api/customers/" + customer.id() + "/answers").then().body("value", contains("4711"));
    }

    @Test
    void whom_a_site_vouches_for_is_who_the_site_says() {
        asks(NAME);
        CustomerIdentity vouched = new CustomerIdentity(UUID.randomUUID(), site.id(), "Wei", null, "wei-7");

        String conversation = conversations
                .customerMessage(
                        vouched,
                        UUID.randomUUID(),
                        MessageContent.of("Hello?"),
                        false,
                        new FilledForm(false, Map.of("name", "The Boss")))
                .event()
                .conversation()
                .toString();

        as(admin).get("/api/conversations/" + conversation).then().body("customer.name", equalTo("Wei"));
        as(admin).get("/api/customers/" + vouched.id() + "/answers").then().body("$", hasSize(0));
    }

    @Test
    void a_form_of_anything_else_is_refused_and_the_conversation_goes_on() {
        SocketClient page = customer(visitor(), 0);
        page.sendText("{\"type\": \"form\", \"language\": \"en\", \"values\": {\"name\": 7}}");
        page.nextProblem("malformed-frame");
        page.send("form", "language", "en", "values", Map.of("name", "x".repeat(1_001)));
        page.nextProblem("malformed-frame");
        page.send("form", "language", "fr", "values", Map.of());
        page.nextProblem("malformed-frame");
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 11; i++) {
            many.put("key" + i, "x");
        }
        page.send("form", "language", "en", "values", many);
        page.nextProblem("malformed-frame");
        page.send("form", "language", "en", "values", Map.of("name", "Wei"));
        page.send("send", "id", UUID.randomUUID(), "text", "Hello?");
        page.next("ack");
    }
}
