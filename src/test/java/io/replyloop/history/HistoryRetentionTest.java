package io.replyloop.history;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.erasure.RetentionService;
import io.replyloop.erasure.RetentionView;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class HistoryRetentionTest extends HistoryOverRest {
    private static final Instant FIRST = Instant.parse("2026-05-01T10:00:00Z");

    @Inject
    RetentionService retention;

    @AfterEach
    void everythingIsKept() {
        retention.change(new RetentionView(null, null, null), null);
    }

    @Test
    void old_imported_conversations_are_deleted_with_what_was_learned_from_them() {
        UUID reply = chat.published("Yes, parrots are welcome in the shop.");
        long examples = rows("past_example");
        String id = imported(parrots() + "\n" + undated());
        assertThat(questions(reply)).isEqualTo(4);
        long taught = rows("past_example") - examples;
        assertThat(taught).isPositive();
        assertThat(rows("history_draft")).isPositive();
        RetentionView rule = new RetentionView(null, null, daysSinceFirst() - 1);

        preview(rule).then().statusCode(200).body("imported", equalTo(5));
        assertThat(rows("history_conversation")).isEqualTo(6);
        retention.change(rule, null);
        assertThat(retention.forgetImported()).isEqualTo(5);

        assertThat(rows("history_conversation")).isEqualTo(1);
        assertThat(questions(reply)).isEqualTo(1);
        assertThat(rows("past_example") - examples).isLessThan(taught);
        assertThat(rows("history_draft")).isZero();
        preview(rule).then().body("imported", equalTo(0));
        assertThat(retention.forgetImported()).isZero();
        as(admin)
                .get("/api/audit?action=history.forgotten")
                .then()
                .statusCode(200)
                .body("items[0].actorKind", not(equalTo("account")))
                .body("items[0].after.conversations", equalTo(5));
        as(admin).get(HISTORY + "/" + id).then().body("state", equalTo("imported"));
    }

    @Test
    void all_are_kept_where_nobody_has_said_for_how_long() {
        imported(parrots());

        assertThat(retention.forgetImported()).isZero();
        preview(new RetentionView(1, 1, null)).then().body("imported", equalTo(0));
        preview(new RetentionView(null, null, daysSinceFirst() + 2)).then().body("imported", equalTo(0));
    }

    @Test
    void nothing_goes_while_the_file_is_compared() {
        String id = imported(parrots());
        team.sql("update history_import set state = 'analysing' where id = :value", UUID.fromString(id));
        retention.change(new RetentionView(null, null, 1), null);

        assertThat(retention.forgetImported()).isZero();

        team.sql("update history_import set state = 'imported' where id = :value", UUID.fromString(id));
        assertThat(retention.forgetImported()).isEqualTo(5);
    }

    @Test
    void what_is_too_old_to_be_kept_is_not_imported() {
        retention.change(new RetentionView(null, null, daysSinceFirst() - 1), null);

        JsonPath ready = untilState(upload(parrots() + "\n" + undated()), "ready");

        assertThat(ready.getInt("report.conversations")).isEqualTo(1);
        assertThat(ready.getInt("report.leftOut.find { it.why == 'too-old' }.count"))
                .isEqualTo(5);
    }

    private Response preview(RetentionView rule) {
        String json = "{\"resolvedAfter\": %d, \"openAfter\": %d, \"importedAfter\": %d}"
                .formatted(rule.resolvedAfter(), rule.openAfter(), rule.importedAfter());
        return as(admin).contentType("application/json").body(json).post("/api/retention/preview");
    }

    private static int daysSinceFirst() {
        return (int) ChronoUnit.DAYS.between(FIRST, Instant.now());
    }

    private static String undated() {
        return """
                {"id": "6", "messages": [{"by": "customer", "text": "Are parrots allowed in there?"},\
                 {"by": "agent", "text": "Yes, parrots are welcome in the shop."}]}""";
    }
}
