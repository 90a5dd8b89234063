package io.replyloop.exchange;

import static io.replyloop.signin.Team.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImportConfirmationTest extends ImportByAdmin {
    @Test
    void a_dry_run_reports_the_same_and_stores_nothing() {
        String category = unique("dry");
        send("format=jsonl&dryRun=true", line(unique("a"), category))
                .statusCode(200)
                .body("dryRun", equalTo(true))
                .body("stored", equalTo(false))
                .body("created", equalTo(1))
                .body("results[0].reply", nullValue());
        assertThat(inCategory(category)).isEqualTo(List.of());
    }

    @Test
    void a_guess_is_imported_only_by_whoever_has_seen_it() {
        String text = unique("We are open from nine to five, ");
        String file = "Case,What we say\nHours,\"" + text + "\"\n";
        send("format=csv", file)
                .statusCode(422)
                .body("code", equalTo("import-invalid"))
                .body("reason.code", equalTo("columns-unsure"));
        String confirmation = send("format=csv&dryRun=true", file)
                .statusCode(200)
                .body("file.columnsCertain", equalTo(false))
                .body("file.columns.field", equalTo(List.of("title", "text")))
                .body("file.rows[0].cells", equalTo(List.of("Hours", text)))
                .body("results[0].title", equalTo("Hours"))
                .body("results[0].text", equalTo(text))
                .extract()
                .path("confirmation");
        send("format=csv&confirm=" + confirmation, file)
                .statusCode(200)
                .body("stored", equalTo(true))
                .body("created", equalTo(1));
        as(admin)
                .contentType("application/octet-stream")
                .header("X-Replyloop", "1")
                .queryParam("mapping", "title=#1,text=What we say")
                .body(file.getBytes(StandardCharsets.UTF_8))
                .post("/api/replies/import?format=csv")
                .then()
                .statusCode(200)
                .body("unchanged", equalTo(1));
    }

    @Test
    void what_is_confirmed_is_what_was_seen_or_nothing() {
        String category = unique("confirm");
        ReplyView known = knowledge.create(
                new ReplyDraft(null, "Hours", unique("Nine."), "en", List.of(category), null, null), null);
        String file = "{\"id\":\"" + known.id() + "\",\"text\":\"" + unique("Ten.") + "\"}";
        String confirmation = send("format=jsonl&dryRun=true", file)
                .statusCode(200)
                .body("results[0].changed", equalTo(List.of("text")))
                .extract()
                .path("confirmation");
        send("format=jsonl&confirm=" + confirmation, file + " ").statusCode(409).body("code", equalTo("conflict"));
        send("format=jsonl&publish=true&confirm=" + confirmation, file).statusCode(409);
        knowledge.update(
                known.id(),
                new ReplyDraft(null, "Hours", unique("Eleven."), "en", List.of(category), null, known.version()),
                null);
        send("format=jsonl&confirm=" + confirmation, file).statusCode(409);
        assertThat(knowledge.get(known.id()).text().startsWith("Eleven.")).isTrue();
    }
}
