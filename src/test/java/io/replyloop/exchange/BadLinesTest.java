package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class BadLinesTest extends ImportByAdmin {
    /** Five bad lines among good and empty ones and, in the table, cells of two lines, which move the numbers. */
    private static String withBadLines(String format, String category) {
        return switch (format) {
            case "jsonl" ->
                line("one " + category, category) + "{broken\n\n" + line("two " + category, category)
                        + "{\"text\":\"x\",\"language\":\"klingon\"}\n[]\n{\"text\":\" \"}\n"
                        + line("three " + category, category) + "{\"text\":\"x\",\"state\":\"lost\"}";
            default ->
                "text,task,language,state\na,b,c,d,e\n\n\"two\nlines " + category + "\"," + category
                        + "\nx,,klingon,\n \t,b\n\"bad\nstate\",,,lost\nfine " + category + "," + category
                        + "\nx,,,,y\n";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "jsonl, true,  200, '2, 5, 6, 7, 9'",
        "jsonl, false, 422, '2, 5, 6, 7, 9'",
        "csv,   true,  200, '2, 6, 7, 8, 11'",
        "csv,   false, 422, '2, 6, 7, 8, 11'"
    })
    void every_bad_line_is_reported_by_its_number_and_nothing_is_stored(
            String format, boolean dryRun, int status, String badLines) {
        String category = unique("lines");
        int before = knowledge.all().size();
        List<Integer> reported = send("format=" + format + "&dryRun=" + dryRun, withBadLines(format, category))
                .statusCode(status)
                .body("dryRun", equalTo(dryRun))
                .body("stored", equalTo(false))
                .body("invalid", equalTo(5))
                .body("results.findAll { it.message == null && it.action == 'invalid' }", empty())
                .body("results.reply", everyItem(nullValue()))
                .extract()
                .path("results.findAll { it.action == 'invalid' }.line");
        assertThat(reported)
                .isEqualTo(Stream.of(badLines.split(", ")).map(Integer::valueOf).toList());
        assertThat(knowledge.all().size()).isEqualTo(before);
        assertThat(inCategory(category)).isEqualTo(List.of());
    }

    @Test
    void one_bad_line_and_nothing_is_stored_unless_bad_lines_are_skipped() {
        String category = unique("bad");
        String file = line(unique("a"), category) + "{broken\n" + line(unique("b"), category)
                + "{\"text\":\"x\",\"language\":\"klingon\"}\n";
        send("format=jsonl", file)
                .statusCode(422)
                .body("stored", equalTo(false))
                .body("invalid", equalTo(2))
                .body("results[1].line", equalTo(2))
                .body("results[1].message", containsString("malformed"))
                .body("results[3].message", containsString("language is not a language code"))
                .body("results[0].reply", nullValue());
        assertThat(inCategory(category)).isEqualTo(List.of());
        send("format=jsonl&skipInvalid=true", file)
                .statusCode(200)
                .body("created", equalTo(2))
                .body("invalid", equalTo(2));
        assertThat(inCategory(category).size()).isEqualTo(2);
    }

    @Test
    void a_table_that_cannot_be_read_to_its_end_is_refused_even_when_bad_lines_are_skipped() {
        String category = unique("unclosed");
        send("format=csv&skipInvalid=true", "text,task\ngood," + category + "\n\"open,x\n")
                .statusCode(422)
                .body("results[1].line", equalTo(3))
                .body("results[1].message", containsString("a quote is opened and not closed"));
        assertThat(inCategory(category)).isEqualTo(List.of());
    }

    @Test
    void what_breaks_a_rule_of_replies_is_named_by_line() {
        send("format=jsonl", "{\"text\":\"" + "a".repeat(8001) + "\"}\n{\"text\":\"a\\u0000b\"}\n{\"text\":\"  \"}")
                .statusCode(422)
                .body("results[0].message", containsString("text is too long"))
                .body("results[1].message", containsString("control character"))
                .body("results[2].message", containsString("text is missing"));
    }

    @Test
    void a_bad_line_says_why_in_codes_that_pages_translate() {
        send("format=jsonl&dryRun=true", "{\"text\":\"" + "a".repeat(8001) + "\"}\n{\"title\":\"x\"}")
                .statusCode(200)
                .body("results[0].reasons[0].code", equalTo("too-long"))
                .body("results[0].reasons[0].values.field", equalTo("text"))
                .body("results[0].reasons[0].values.max", equalTo(8000))
                .body("results[1].reasons[0].code", equalTo("text-missing"));
    }

    @Test
    void what_somebody_should_look_at_has_a_code_and_stands_in_no_way() {
        String text = unique("Hello {{ticket.requester.name}}, <b>bye</b> ");
        send("format=jsonl&dryRun=true", line(text, "a") + line(text.replace("bye", "by\u200Be"), "a"))
                .statusCode(200)
                .body("invalid", equalTo(0))
                .body("results[0].notes.code", equalTo(List.of("html", "placeholders")))
                .body("results[1].notes.code", hasItem("near-duplicate-line"))
                .body("results[1].notes.find { it.code == 'near-duplicate-line' }.values.line", equalTo(1));
        String loud = text.toUpperCase(Locale.ROOT).replace(", ", " – ") + "!";
        send("format=jsonl&dryRun=true", line(text, "a") + line(loud, "a") + line(text + " 2", "a"))
                .body("results[1].notes.find { it.code == 'spelled-alike-line' }.values.line", equalTo(1))
                .body("results[2].notes.code", not(hasItem(containsString("alike"))));
        send("format=jsonl&dryRun=true&html=text", line(text, "a"))
                .body("results[0].text", containsString("}}, bye "))
                .body("results[0].notes.code", hasItem("html-converted"));
    }
}
