package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
    private static List<ImportedFile.Line> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<ImportedFile.Line> read(byte[] file) {
        return FileReading.of(file, ReadingOptions.of(FileFormat.JSONL)).lines();
    }

    private static String error(String line) {
        return read(line).get(0).error().message();
    }

    @Test
    void a_plain_line_has_label_text_and_task() {
        ImportedFile.Line line = read("{\"label\":\"hello\",\"text\":\"Hi!\",\"task\":\"bank\",\"unknown\":[1]}")
                .get(0);
        assertThat(line.error()).isNull();
        assertThat(line.fields().label()).isEqualTo("hello");
        assertThat(line.fields().categories()).isEqualTo(List.of("bank"));
    }

    @Test
    void questions_are_texts_or_texts_with_context() {
        ImportedFile.Line line = read("{\"text\":\"Hi!\",\"questions\":[\"a\",{\"text\":\"b\",\"context\":\"c\"}]}")
                .get(0);
        assertThat(line.fields().questions())
                .isEqualTo(List.of(AnsweredQuestion.masking("a", ""), AnsweredQuestion.masking("b", "c")));
    }

    @Test
    void empty_lines_count_and_carry_nothing() {
        List<ImportedFile.Line> lines = read("\uFEFF{\"text\":\"a\"}\r\n\r\n   \n{\"text\":\"b\"}");
        assertThat(lines.stream().map(ImportedFile.Line::number).toList()).isEqualTo(List.of(1, 4));
        assertThat(lines.get(1).fields().text()).isEqualTo("b");
    }

    @Test
    void an_empty_file_has_no_lines() {
        assertThat(read("")).isEqualTo(List.of());
    }

    @Test
    void bad_json_is_named_with_its_column() {
        assertThat(error("{\"text\":\"a\"").startsWith("the JSON is malformed at column"))
                .as("%s", error("{\"text\":\"a\""))
                .isTrue();
        assertThat(error("{\"text\":\"a\"} {}").contains("malformed")).isTrue();
        assertThat(error("{\"text\":\"a\",\"text\":\"b\"}").contains("Duplicate field 'text'"))
                .isTrue();
        assertThat(error("not json").contains("malformed")).isTrue();
    }

    @Test
    void what_is_no_object_or_of_the_wrong_type_is_named() {
        assertThat(error("[]").contains("not a JSON object")).isTrue();
        assertThat(error("null").contains("not a JSON object")).isTrue();
        assertThat(error("{\"text\":5}")).isEqualTo("text is not a text; put it in quotes");
        assertThat(error("{\"text\":\"a\",\"categories\":\"b\"}").startsWith("categories is not a list"))
                .isTrue();
        assertThat(error("{\"text\":\"a\",\"categories\":[1]}").startsWith("categories has something"))
                .isTrue();
        assertThat(error("{\"text\":\"a\",\"questions\":{}}").startsWith("questions is not a list"))
                .isTrue();
        assertThat(error("{\"text\":\"a\",\"questions\":[null]}").startsWith("questions has something"))
                .isTrue();
        assertThat(error("{\"text\":\"a\",\"questions\":[\" \"]}").startsWith("questions has an empty one"))
                .isTrue();
        assertThat(error("{\"text\":\"a\",\"state\":\"on\"}").startsWith("state 'on' is not known"))
                .isTrue();
        String ours = "\n{\"id\":\"" + UUID.randomUUID() + "\",\"text\":\"b\"}";
        assertThat(error("{\"text\":\"a\",\"id\":\"1\"}" + ours).startsWith("id '1' is not one"))
                .isTrue();
        assertThat(error("{\"text\":\"a\",\"id\":\"1-1-1-1-1\"}" + ours).startsWith("id '1-1-1-1-1' is not one"))
                .isTrue();
    }

    @Test
    void nesting_without_end_does_no_harm() {
        assertThat(error("[".repeat(200_000)).contains("malformed")).isTrue();
        assertThat(error("{\"text\":".repeat(50_000)).contains("malformed")).isTrue();
    }

    @Test
    void a_line_that_is_not_utf_8_is_named_and_the_others_are_read() {
        byte[] file = "{\"text\":\"a\"}\n{\"text\":\"\u00fc\"}\n{\"text\":\"c\"}".getBytes(StandardCharsets.ISO_8859_1);
        ReadingOptions utf8 = new ReadingOptions(FileFormat.JSONL, FileEncoding.UTF_8, null, null, null, false);
        List<ImportedFile.Line> lines = FileReading.of(file, utf8).lines();
        assertThat(lines.get(1).error().is(ReasonCode.DAMAGED_BYTES)).isTrue();
        assertThat(lines.get(2).fields().text()).isEqualTo("c");
    }

    @Test
    void too_many_lines_are_refused_before_they_fill_the_memory() {
        String file = "{}\n".repeat(FileText.MOST_LINES + 1);
        assertThat(assertThatExceptionOfType(Problem.class)
                        .isThrownBy(() -> read(file))
                        .actual()
                        .code())
                .isEqualTo(ProblemCode.TOO_LARGE);
    }
}
