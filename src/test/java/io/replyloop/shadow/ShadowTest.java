package io.replyloop.shadow;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.model.ModelVersionView;
import io.replyloop.ranking.RankedBy;
import io.replyloop.ranking.Ranking;
import io.replyloop.ranking.Scored;
import io.replyloop.suggestion.Ranked;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ShadowTest extends WithTwoModels {
    @Test
    void it_stores_what_its_model_shows_once_it_serves_and_ends_when_it_does() {
        String shadow = start(Map.of("model", challenger.id(), "hours", 24, "decisions", 200));

        UUID impression = asked(chat.customer());

        Object[] stored =
                patiently().until(() -> row(impression), Optional::isPresent).orElseThrow();
        models.promote(challenger.id(), admin.agent().id());
        patiently().until(() -> ranker.serving().orElseThrow().model(), challenger.id()::equals);
        List<Scored> served = suggestions
                .shortlist("- " + QUESTION, QUESTION, ranker.rank("- " + QUESTION, candidates()))
                .shown();
        assertThat(served).isNotEmpty();
        assertThat((UUID[]) stored[0])
                .containsExactlyElementsOf(
                        served.stream().map(one -> one.candidate().reply()).toList());
        assertThat(doubles(stored[1]))
                .containsExactly(
                        served.stream().mapToDouble(Scored::probability).toArray(), within(1e-4));
        assertThat(doubles(stored[1])[0]).isNotCloseTo(shownFirst(impression), within(0.02));
        patiently().until(() -> get(shadow).endReason(), EndReason.PROMOTED::equals);
        as(admin)
                .get("/api/shadows")
                .then()
                .statusCode(200)
                .body("[0].id", equalTo(shadow))
                .body("[0].endReason", equalTo("promoted"))
                .body("[0].scored", equalTo(1))
                .body("[0].leftOut", equalTo(0));
    }

    @Test
    void what_it_would_have_shown_is_compared_with_what_agents_did() {
        String shadow = start(Map.of("model", challenger.id()));
        CustomerIdentity customer = chat.customer();
        UUID impression = asked(customer);
        patiently().until(() -> row(impression), Optional::isPresent);
        answers(impression, delivery, "A parcel to Zanzibar travels for twelve days.");

        as(admin)
                .get("/api/shadows/" + shadow + "/comparison")
                .then()
                .statusCode(200)
                .body("verdict", equalTo("too-little-data"))
                .body("questions", equalTo(1))
                .body("ownWords", equalTo(0))
                .body("millis", greaterThan(0f))
                .body("figures.name", equalTo(List.of("worth", "acceptAt1", "acceptAt3", "silent")));

        // As if the other had shown nothing: a case to be read.
        lab.change(
                "update shadow_impression set replies = '{}', versions = '{}', probabilities = '{}'"
                        + " where impression_id = ?1",
                impression);
        lab.change(
                "update impression_candidate set shown = (reply_id = ?1) where impression_id = ?2",
                delivery,
                impression);
        as(admin)
                .get("/api/shadows/" + shadow + "/cases")
                .then()
                .statusCode(200)
                .body("[0].better", equalTo(false))
                .body("[0].question", equalTo("- " + QUESTION))
                .body("[0].right.text", equalTo("A parcel to Zanzibar travels for twelve days."))
                .body("[0].champion[0].right", equalTo(true))
                .body("[0].challenger.size()", equalTo(0));
    }

    @Test
    void a_random_order_on_the_screen_does_not_count_against_the_serving_model() {
        String shadow = start(Map.of("model", challenger.id()));
        UUID second = chat.published("A letter to Zanzibar travels for nine days.");
        UUID impression = chat.shuffled(chat.silentConversation(QUESTION), List.of(delivery, second));
        lab.change(
                "insert into shadow_impression (shadow_id, impression_id, replies, versions, probabilities, took_millis)"
                        + " select ?1, impression_id, array_agg(reply_id order by ranked_position),"
                        + " array_agg(reply_version order by ranked_position),"
                        + " array_agg(probability order by ranked_position), 1"
                        + " from impression_candidate where impression_id = ?2 group by impression_id",
                UUID.fromString(shadow),
                impression);
        answers(impression, delivery, "A parcel to Zanzibar travels for twelve days.");

        as(admin)
                .get("/api/shadows/" + shadow + "/comparison")
                .then()
                .statusCode(200)
                .body("questions", equalTo(1))
                .body("sameFirst", equalTo(1.0f))
                .body("sameAll", equalTo(1.0f))
                .body("better", equalTo(0))
                .body("worse", equalTo(0));
        as(admin)
                .get("/api/shadows/" + shadow + "/cases")
                .then()
                .statusCode(200)
                .body("size()", equalTo(0));
    }

    @Test
    void it_ends_by_itself_after_its_decisions_and_after_its_time() {
        String first = start(Map.of("model", challenger.id(), "decisions", 1));
        UUID impression = asked(chat.customer());
        patiently().until(() -> row(impression), Optional::isPresent);
        runner.look();
        assertThat(get(first).endReason()).isNull();
        answers(impression, null, "It depends.");

        runner.look();

        assertThat(get(first).endReason()).isEqualTo(EndReason.DECISIONS);
        assertThat(get(first).decided()).isEqualTo(1);
        String second = start(Map.of("model", challenger.id(), "hours", 1));
        lab.change("update shadow set ends_at = now() where id = ?1", UUID.fromString(second));
        runner.look();
        assertThat(get(second).endReason()).isEqualTo(EndReason.TIME);
    }

    @Test
    void another_model_that_is_promoted_ends_it_and_one_that_is_deleted_takes_it_along() {
        String shadow = start(Map.of("model", challenger.id()));
        ModelVersionView third = lab.champion();
        patiently().until(() -> get(shadow).endReason(), EndReason.CHAMPION_CHANGED::equals);

        start(Map.of("model", challenger.id()));
        lab.change("delete from shadow where model_id = ?1 and ended_at is not null", challenger.id());
        lab.change("delete from model_version where id = ?1", challenger.id());
        runner.look();

        assertThat(shadows.newest()).isEmpty();
        assertThat(models.championId()).contains(third.id());
    }

    @Test
    void under_overload_questions_are_left_out_and_counted_and_nobody_waits() {
        String shadow = start(Map.of("model", challenger.id()));
        Ranking live = ranker.rank("- " + QUESTION, candidates());

        for (int i = 0; i < 5_000; i++) {
            runner.ranked(new Ranked(UUID.randomUUID(), "- " + QUESTION, QUESTION, live));
        }
        runner.ranked(new Ranked(UUID.randomUUID(), "- " + QUESTION, QUESTION, by(live, RankedBy.QUEUE_FULL)));
        runner.ranked(new Ranked(UUID.randomUUID(), "- " + QUESTION, QUESTION, by(live, RankedBy.NO_MODEL)));
        runner.look();

        assertThat(get(shadow).busy()).isBetween(1_000L, 5_001L);
        assertThat(get(shadow).leftOut()).isEqualTo(get(shadow).busy());
        lab.change("update shadow set busy = 0 where id = ?1", UUID.fromString(shadow));
        runner.ranked(new Ranked(UUID.randomUUID(), "- " + QUESTION, QUESTION, by(live, RankedBy.TOO_LATE)));
        runner.look();
        assertThat(get(shadow).busy()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void questions_without_a_row_are_told_as_left_out_whatever_the_reason() {
        String shadow = start(Map.of("model", challenger.id()));
        shadows.stop(UUID.fromString(shadow), admin.agent().id());
        lab.change(
                "update shadow set started_at = '2001-01-01', ended_at = '2001-01-03' where id = ?1",
                UUID.fromString(shadow));
        UUID conversation = chat.silentConversation(QUESTION);
        UUID impression = chat.impression(conversation, List.of(delivery), List.of());
        lab.change("update impression set created_at = '2001-01-02' where id = ?1", impression);

        assertThat(get(shadow).leftOut()).isEqualTo(1);
        assertThat(get(shadow).busy()).isZero();
    }

    @Test
    void a_node_that_starts_takes_it_up_and_two_nodes_store_a_question_once() throws InterruptedException {
        String shadow = start(Map.of("model", challenger.id()));
        ShadowRunner another = new ShadowRunner(shadows, models, ranker, suggestions, config);
        try {
            another.look();
            UUID impression = asked(chat.customer());
            patiently().until(() -> row(impression), Optional::isPresent);

            another.ranked(
                    new Ranked(impression, "- " + QUESTION, QUESTION, ranker.rank("- " + QUESTION, candidates())));
            UUID conversation = chat.silentConversation(QUESTION);
            UUID later = chat.impression(conversation, List.of(delivery), List.of());
            another.ranked(new Ranked(later, "- " + QUESTION, QUESTION, ranker.rank("- " + QUESTION, candidates())));

            patiently().until(() -> row(later), Optional::isPresent);
            assertThat(get(shadow).scored()).isEqualTo(2);
        } finally {
            another.atEnd(null);
        }
    }

    @Test
    void a_model_that_is_found_damaged_after_a_restart_ends_it_with_the_reason() throws Exception {
        String shadow = start(Map.of("model", challenger.id()));
        Files.writeString(challenger.directory().resolve("config.json"), "{}");
        ShadowRunner another = new ShadowRunner(shadows, models, ranker, suggestions, config);

        another.look();
        another.atEnd(null);

        assertThat(get(shadow).endReason()).isEqualTo(EndReason.FAILED);
        assertThat(get(shadow).problem()).contains("config.json");
    }

    @Test
    void what_cannot_be_loaded_serves_already_or_is_not_alone_is_refused() throws IOException {
        ModelVersionView damaged = lab.challenger();
        Files.writeString(damaged.directory().resolve("config.json"), "{}");
        as(admin)
                .body(Map.of("model", damaged.id()))
                .post("/api/shadows")
                .then()
                .statusCode(422)
                .body("code", equalTo("model-damaged"));
        as(admin)
                .body(Map.of("model", champion.id()))
                .post("/api/shadows")
                .then()
                .statusCode(409);
        as(admin)
                .body(Map.of("model", UUID.randomUUID()))
                .post("/api/shadows")
                .then()
                .statusCode(404);
        as(admin).body(Map.of()).post("/api/shadows").then().statusCode(400);
        for (Object wrong : Arrays.asList(0, 337, "many")) {
            as(admin)
                    .body(Map.of("model", challenger.id(), "hours", wrong))
                    .post("/api/shadows")
                    .then()
                    .statusCode(400);
        }
        assertThat(shadows.active()).isEmpty();

        start(Map.of("model", challenger.id()));
        as(admin)
                .body(Map.of("model", lab.challenger().id()))
                .post("/api/shadows")
                .then()
                .statusCode(409)
                .body("code", equalTo("shadow-under-way"));
    }

    @Test
    void what_is_erased_with_a_customer_is_erased_here_too() {
        String shadow = start(Map.of("model", challenger.id()));
        CustomerIdentity customer = chat.customer();
        UUID impression = asked(customer);
        patiently().until(() -> row(impression), Optional::isPresent);

        as(admin)
                .body(Map.of("reason", "Mail"))
                .post("/api/customers/" + customer.id() + "/erase")
                .then()
                .statusCode(200)
                .body("removed.shadow-suggestions", equalTo(1));

        assertThat(row(impression)).isEmpty();
        assertThat(get(shadow).scored()).isZero();
    }

    @Test
    void admins_alone_start_read_and_stop_it() {
        Map<String, Object> wish = Map.of("model", challenger.id(), "hours", 24);
        as(agent).body(wish).post("/api/shadows").then().statusCode(403);
        nobody().body(wish).post("/api/shadows").then().statusCode(401);
        as(admin)
                .get("/api/shadows/needs?model=" + challenger.id())
                .then()
                .statusCode(200)
                .body("megabytes", greaterThan(0));
        as(admin).get("/api/shadows/needs").then().statusCode(400);
        String address = "/api/shadows/" + start(wish);
        for (String path : List.of(
                "/api/shadows",
                "/api/shadows/needs?model=" + challenger.id(),
                address + "/comparison",
                address + "/cases")) {
            as(agent).get(path).then().statusCode(403);
            nobody().get(path).then().statusCode(401);
        }
        as(agent).post(address + "/stop").then().statusCode(403);
        as(admin)
                .get("/api/shadows/" + UUID.randomUUID() + "/comparison")
                .then()
                .statusCode(404);
        as(admin)
                .get("/api/shadows")
                .then()
                .body("[0].modelNumber", equalTo((int) challenger.number()))
                .body("[0].championNumber", equalTo((int) champion.number()))
                .body("[0].endedAt", nullValue());

        as(admin)
                .post(address + "/stop")
                .then()
                .statusCode(200)
                .body("endReason", equalTo("stopped"))
                .body("endedAt", notNullValue());
        as(admin).post(address + "/stop").then().statusCode(200).body("endReason", equalTo("stopped"));
    }
}
