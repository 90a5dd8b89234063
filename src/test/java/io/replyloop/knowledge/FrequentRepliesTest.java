package io.replyloop.knowledge;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.signin.Team;
import io.replyloop.site.FrequentQuestion;
import io.replyloop.site.SiteSettings;
import io.replyloop.site.Sites;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Replies that customers are offered before they write. The database is shared, so each test has a language of its own. */
@QuarkusTest
class FrequentRepliesTest {
    @Inject
    Team team;

    @Inject
    KnowledgeService knowledge;

    @Inject
    Session session;

    @Inject
    ReplyRecord record;

    @Inject
    Sites sites;

    private final List<UUID> marked = new ArrayList<>();
    private Team.Member admin;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
    }

    @AfterEach
    void takeAway() {
        marked.forEach(id -> mark(id, false).statusCode(200));
    }

    private UUID published(String language, String title, String text) {
        ReplyDraft draft = new ReplyDraft(null, title, text, language, List.of(), null, null);
        return knowledge.publish(knowledge.create(draft, null).id(), null).id();
    }

    private ValidatableResponse mark(UUID id, boolean offered) {
        return as(admin)
                .body(Map.of("offered", offered))
                .put("/api/frequent-replies/" + id)
                .then();
    }

    private UUID offered(String language, String title, String text) {
        UUID id = published(language, title, text);
        mark(id, true).statusCode(200);
        marked.add(id);
        return id;
    }

    /** What is known at this moment, without what the application keeps for some seconds. */
    private List<String> read(String language) {
        return QuarkusTransaction.requiringNew()
                .call(() -> new FrequentReplies(session, record)
                        .offered().stream()
                                .filter(question -> question.language().equals(language))
                                .map(FrequentQuestion::answer)
                                .toList());
    }

    @Test
    void what_is_marked_is_offered_while_it_is_published() {
        UUID tea = offered("sv", "Te", "Vi har te.");
        offered("sv", "Namn", "Hej {{customer.name|du}}, {{ customer.name | }}vi har kaffe.");
        assertThat(read("sv")).containsExactly("Vi har te.", "Hej du, vi har kaffe.");
        String site = sites.create(new SiteSettings("Te", List.of(), null, "", "", false))
                .key();
        given().queryParam("site", site)
                .get("/api/widget")
                .then()
                .body("welcome.questions.find { it.reply == '" + tea + "' }.question", equalTo("Te"));

        knowledge.archive(tea, null);
        assertThat(read("sv")).containsExactly("Hej du, vi har kaffe.");
        as(team.newMember(Role.AGENT))
                .get("/api/frequent-replies")
                .then()
                .statusCode(200)
                .body("find { it.reply == '" + tea + "' }.offered", equalTo(false));
    }

    @Test
    void what_cannot_be_read_as_it_stands_is_not_marked() {
        UUID draft = knowledge
                .create(new ReplyDraft(null, "Utkast", "Text", "no", List.of(), null, null), null)
                .id();
        mark(draft, true).statusCode(400).body("detail", containsString("Publish it first"));
        mark(published("no", "Navn", "Hei {{customer.name}}!"), true)
                .statusCode(400)
                .body("detail", containsString("{{customer.name|there}}"));
        mark(published("no", "Lang", "x".repeat(FrequentReplies.LONGEST_TEXT + 1)), true)
                .statusCode(400)
                .body("detail", containsString("2001 characters"));
        mark(UUID.randomUUID(), true).statusCode(404);
        assertThat(read("no")).isEmpty();
    }

    @Test
    void a_language_has_six_at_most() {
        for (int i = 0; i < FrequentReplies.MOST; i++) {
            offered("fi", "Kysymys", "Vastaus " + i);
        }
        UUID seventh = published("fi-FI", "Kysymys", "Liikaa");
        mark(seventh, true).statusCode(409).body("detail", containsString("Take one of them away first"));
        mark(marked.get(0), true).statusCode(200);
        mark(marked.get(0), false).statusCode(200);
        mark(seventh, true).statusCode(200);
        marked.add(seventh);
        assertThat(read("fi")).startsWith("Vastaus 1").hasSize(FrequentReplies.MOST - 1);
    }

    @Test
    void only_admins_mark_them() {
        UUID id = published("da", "Te", "Vi har te.");
        Map<String, Boolean> body = Map.of("offered", true);
        as(team.newMember(Role.AGENT))
                .body(body)
                .put("/api/frequent-replies/" + id)
                .then()
                .statusCode(403);
        nobody().body(body).put("/api/frequent-replies/" + id).then().statusCode(401);
        nobody().get("/api/frequent-replies").then().statusCode(401);
        as(admin).body("{}").put("/api/frequent-replies/" + id).then().statusCode(400);
    }

    @Test
    void what_customers_say_of_them_is_counted_without_who_it_was() {
        UUID id = offered("is", "Te", "Vid hofum te.");
        String verdict = "/api/widget/frequent-questions/" + id + "/verdict";
        nobody().body("{\"helped\": true}").post(verdict).then().statusCode(204);
        nobody().body("{\"helped\": true}").post(verdict).then().statusCode(204);
        nobody().body("{\"helped\": false}").post(verdict).then().statusCode(204);
        nobody().body("{}").post(verdict).then().statusCode(400);
        nobody().body("{\"helped\": true}")
                .post(verdict.replace(id.toString(), "no-id"))
                .then()
                .statusCode(404);
        UUID other = published("is", "Te", "Ekki merkt.");
        nobody().body("{\"helped\": true}")
                .post(verdict.replace(id.toString(), other.toString()))
                .then()
                .statusCode(404);
        as(admin)
                .get("/api/frequent-replies")
                .then()
                .body("find { it.reply == '" + id + "' }.helped", equalTo(2))
                .body("find { it.reply == '" + id + "' }.notHelped", equalTo(1));
    }
}
