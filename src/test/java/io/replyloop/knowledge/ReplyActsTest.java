package io.replyloop.knowledge;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.Role;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.signin.Team;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done with replies beside writing them: many at once, review dates, the languages of one. */
@QuarkusTest
class ReplyActsTest {
    @Inject
    Team team;

    @Inject
    KnowledgeService knowledge;

    @Inject
    ReplyReviews reviews;

    @Inject
    ReplyTranslations translations;

    private final String category = "acts" + UUID.randomUUID().toString().substring(0, 8);
    private Team.Member admin;

    @BeforeEach
    void signIn() {
        admin = team.newMember(Role.ADMIN);
    }

    private ReplyView written(String title, String language, String shortcode) {
        return knowledge.create(
                new ReplyDraft(null, title, title + ".", language, List.of(category), shortcode, null), null);
    }

    private Map<String, Object> asked(List<UUID> replies, String what) {
        Map<String, Object> act = new HashMap<>(Map.of("what", what));
        return new HashMap<>(Map.of("replies", replies, "act", act));
    }

    private static ProblemCode problem(Runnable action) {
        return assertThatExceptionOfType(Problem.class)
                .isThrownBy(action::run)
                .actual()
                .code();
    }

    @Test
    void of_many_replies_each_is_done_or_said_why_not() {
        String shortcode = "s" + UUID.randomUUID().toString().substring(0, 6);
        ReplyView archived = written("Kettles", "en", shortcode);
        knowledge.archive(archived.id(), null);
        ReplyView taken = written("Pots", "en", shortcode);
        ReplyView published = knowledge.publish(written("Cups", "en", null).id(), null);
        UUID unknown = UUID.randomUUID();
        List<UUID> all = List.of(archived.id(), taken.id(), published.id(), unknown, taken.id());

        as(admin)
                .body(asked(all, "publish"))
                .post("/api/replies/acts")
                .then()
                .statusCode(200)
                .body("", hasSize(4))
                .body("[0].code", equalTo("conflict"))
                .body("[0].message", containsString("belongs to the reply 'Pots'"))
                .body("[1].reply.state", equalTo("published"))
                .body("[2].reply", nullValue())
                .body("[2].code", nullValue())
                .body("[3].code", equalTo("not-found"));
        assertThat(knowledge.get(archived.id()).state()).isEqualTo(ReplyState.ARCHIVED);
    }

    @Test
    void a_category_is_added_to_many_and_taken_from_them_and_keeps_its_rules() {
        ReplyView reply = written("Kettles", "en", null);
        Map<String, Object> add = asked(List.of(reply.id()), "add-category");
        as(admin).body(add).post("/api/replies/acts").then().statusCode(400).body("detail", containsString("category"));
        act(add).put("category", "a;b");
        as(admin)
                .body(add)
                .post("/api/replies/acts")
                .then()
                .statusCode(200)
                .body("[0].code", equalTo("invalid"))
                .body("[0].message", containsString("semicolon"));
        act(add).put("category", " Kitchen ");
        as(admin)
                .body(add)
                .post("/api/replies/acts")
                .then()
                .body("[0].reply.categories", equalTo(List.of(category, "Kitchen")));
        as(admin).body(add).post("/api/replies/acts").then().body("[0].reply", nullValue());
        act(add).put("what", "remove-category");
        as(admin)
                .body(add)
                .post("/api/replies/acts")
                .then()
                .body("[0].reply.categories", equalTo(List.of(category)))
                .body("[0].reply.version", equalTo(3));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> act(Map<String, Object> asked) {
        return (Map<String, Object>) asked.get("act");
    }

    @Test
    void a_review_date_makes_no_version_and_is_found_once_it_has_come() {
        ReplyView due = written("Kettles", "en", null);
        ReplyView later = written("Pots", "en", null);
        ReplyView archived = knowledge.archive(written("Cups", "en", null).id(), null);
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        long before = reviews.due().due();
        for (ReplyView reply : List.of(due, archived)) {
            as(admin)
                    .body(Map.of("on", today.toString()))
                    .put("/api/reply-reviews/" + reply.id())
                    .then()
                    .statusCode(200)
                    .body("reviewOn", equalTo(today.toString()))
                    .body("version", equalTo(reply.version()));
        }
        Map<String, Object> review = asked(List.of(later.id()), "review");
        act(review).put("on", today.plusDays(1).toString());
        as(admin).body(review).post("/api/replies/acts").then().body("[0].reply.reviewOn", notNullValue());

        as(admin)
                .get("/api/replies?toReview=true&category=" + category)
                .then()
                .body("items.id", equalTo(List.of(due.id().toString())));
        assertThat(reviews.due().due()).isEqualTo(before + 1);
        ReplyView changed = knowledge.update(
                due.id(),
                new ReplyDraft(null, "Kettles", "Others.", "en", List.of(category), null, due.version()),
                null);
        assertThat(changed.reviewOn()).isEqualTo(today);
        assertThat(reviews.set(due.id(), null).reviewOn()).isNull();
        assertThat(problem(() -> reviews.set(due.id(), today.plusYears(11)))).isEqualTo(ProblemCode.INVALID);
        assertThat(problem(() -> reviews.set(due.id(), today.minusYears(1).minusDays(1))))
                .isEqualTo(ProblemCode.INVALID);
        assertThat(problem(() -> reviews.set(UUID.randomUUID(), today))).isEqualTo(ProblemCode.NOT_FOUND);
    }

    @Test
    void a_reply_has_one_translation_in_each_language_which_is_begun_linked_and_taken_out() {
        ReplyView english = written("Kettles", "en", null);
        String address = "/api/reply-translations/" + english.id();
        Map<String, Object> draft = Map.of("title", "水壶", "text", "水壶。", "language", "zh-CN");
        String chinese = as(admin)
                .body(draft)
                .post(address)
                .then()
                .statusCode(201)
                .body("state", equalTo("draft"))
                .extract()
                .path("id");
        as(admin).body(draft).post(address).then().statusCode(409).body("detail", containsString("水壶"));
        as(admin)
                .body(Map.of("title", "K", "text", "K", "language", "en"))
                .post(address)
                .then()
                .statusCode(409);
        as(admin).get(address).then().body("id", equalTo(List.of(chinese)));
        as(admin).get("/api/reply-translations/" + chinese).then().body("title", equalTo(List.of("Kettles")));

        UUID out = UUID.fromString(chinese);
        translations.unlink(out);
        assertThat(translations.of(english.id())).isEmpty();
        ReplyView other = written("锅", "zh", null);
        translations.link(english.id(), other.id());
        translations.link(english.id(), other.id());
        assertThat(problem(() -> translations.link(english.id(), out))).isEqualTo(ProblemCode.CONFLICT);
        ReplyView pots = written("Pots", "en", null);
        assertThat(problem(() -> translations.link(pots.id(), other.id())))
                .as("of what belongs to another reply")
                .isEqualTo(ProblemCode.CONFLICT);
        knowledge.archive(other.id(), null);
        assertThat(translations.of(english.id())).as("without what is archived").isEmpty();
        assertThat(translations.link(english.id(), out).id()).isEqualTo(english.id());
        assertThat(knowledge.get(out).version()).as("which makes no version").isEqualTo(1);
    }

    @Test
    void what_a_colleague_has_left_open_since_the_page_was_loaded_is_not_published() {
        ReplyView number = knowledge.create(
                new ReplyDraft(null, "Straps", "A strap costs [number] euros.", "en", List.of(category), null, null),
                null);
        ReplyView unknown = knowledge.create(
                new ReplyDraft(null, "Bags", "Hello {{customer.age}}.", "en", List.of(category), null, null), null);
        ReplyView named = knowledge.create(
                new ReplyDraft(null, "Cups", "Hello {{customer.name|there}}.", "en", List.of(category), null, null),
                null);
        UUID allTheSame = knowledge
                .publish(
                        knowledge
                                .create(
                                        new ReplyDraft(
                                                null, "Pots", "Since [date].", "en", List.of(category), null, null),
                                        null)
                                .id(),
                        null)
                .id();

        as(admin)
                .body(asked(List.of(number.id(), unknown.id(), named.id(), allTheSame), "publish"))
                .post("/api/replies/acts")
                .then()
                .statusCode(200)
                .body("[0].code", equalTo("conflict"))
                .body("[0].message", containsString("\"[number]\" still stands in the text of the reply 'Straps'"))
                .body("[1].message", containsString("{{customer.age}}"))
                .body("[2].reply.state", equalTo("published"))
                .body("[3].code", nullValue())
                .body("[3].reply", nullValue());
        assertThat(knowledge.get(number.id()).state()).isEqualTo(ReplyState.DRAFT);
    }

    @Test
    void another_language_or_publishing_again_makes_no_second_reply_of_a_language() {
        ReplyView english = written("Kettles", "en", null);
        ReplyView chinese = written("水壶", "zh", null);
        translations.link(english.id(), chinese.id());
        ReplyDraft inEnglish = new ReplyDraft(null, "水壶", "水壶.", "en-GB", List.of(category), null, chinese.version());
        assertThat(problem(() -> knowledge.update(chinese.id(), inEnglish, null)))
                .isEqualTo(ProblemCode.CONFLICT);
        assertThat(knowledge.get(chinese.id()).language()).isEqualTo("zh");
        knowledge.update(
                chinese.id(),
                new ReplyDraft(null, "水壶", "水壶.", "zh-TW", List.of(category), null, chinese.version()),
                null);

        knowledge.archive(chinese.id(), null);
        ReplyView other = written("锅", "zh", null);
        translations.link(english.id(), other.id());
        assertThat(problem(() -> knowledge.publish(chinese.id(), null))).isEqualTo(ProblemCode.CONFLICT);
        translations.unlink(other.id());
        assertThat(knowledge.publish(chinese.id(), null).state()).isEqualTo(ReplyState.PUBLISHED);
    }

    @Test
    void a_translation_is_listed_with_its_figures_and_its_beginning_is_in_the_audit_log() {
        ReplyView english = written("Kettles", "en", null);
        knowledge.rememberAnswer(english.id(), "Do you have kettles?", "Do you have kettles?", UUID.randomUUID());
        ReplyView chinese = translations.begin(
                english.id(), new ReplyDraft(null, "水壶", "水壶。", "zh", List.of(category), null, null), null);

        assertThat(translations.of(chinese.id())).singleElement().isEqualTo(knowledge.get(english.id()));
        assertThat(translations.of(chinese.id()).get(0).questions()).isEqualTo(1);
        as(admin)
                .get("/api/audit?object=reply&action=reply.changed&id=" + chinese.id())
                .then()
                .body("items.after.translationOf", equalTo(List.of("Kettles")));
    }

    @Test
    void only_admins_act_and_too_much_at_once_is_refused() {
        ReplyView reply = written("Kettles", "en", null);
        Team.Member agent = team.newMember(Role.AGENT);
        String translation = "/api/reply-translations/" + reply.id();
        Map<String, Object> publish = asked(List.of(reply.id()), "publish");
        as(agent).body(publish).post("/api/replies/acts").then().statusCode(403);
        as(agent).body(Map.of()).put("/api/reply-reviews/" + reply.id()).then().statusCode(403);
        as(agent).get("/api/reply-reviews").then().statusCode(403);
        as(agent)
                .body(Map.of("title", "T", "text", "T"))
                .post(translation)
                .then()
                .statusCode(403);
        as(agent).put(translation + "/" + UUID.randomUUID()).then().statusCode(403);
        as(agent).delete(translation).then().statusCode(403);
        as(agent).get(translation).then().statusCode(200);
        Team.nobody().get(translation).then().statusCode(401);
        Team.nobody().body(publish).post("/api/replies/acts").then().statusCode(401);
        List<UUID> many = Stream.generate(UUID::randomUUID).limit(101).toList();
        as(admin).body(asked(many, "publish")).post("/api/replies/acts").then().statusCode(400);
        as(admin)
                .body(asked(List.of(), "publish"))
                .post("/api/replies/acts")
                .then()
                .statusCode(400);
        as(admin)
                .body(asked(List.of(reply.id()), "delete"))
                .post("/api/replies/acts")
                .then()
                .statusCode(400);
        assertThat(knowledge.get(reply.id()).state()).isEqualTo(ReplyState.DRAFT);
    }
}
