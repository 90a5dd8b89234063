package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLinesTest {
    private static ImportedFile file(String text) {
        return FileReading.of(text.getBytes(StandardCharsets.UTF_8), ReadingOptions.of(FileFormat.CSV));
    }

    private static List<ImportedFile.Line> read(String text) {
        return file(text).lines();
    }

    private static ReplyView reply(String title, String text, List<String> categories) {
        return new ReplyView(
                UUID.randomUUID(),
                null,
                title,
                text,
                "en",
                categories,
                null,
                ReplyState.DRAFT,
                1,
                Instant.EPOCH,
                Instant.EPOCH,
                0,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static String written(ReplyView reply, AnsweredQuestion... questions) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CsvLines.Table table = new CsvLines.Table(out)) {
            table.write(reply, List.of(questions));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void commas_semicolons_and_tabs_separate(String separator) {
        String text = "Title,TEXT,task,state\r\nHours,\"Nine, to; five\ttoday\",a;b,published\r\n";
        if (separator.equals("\t")) {
            text = text.replace("a;b", "\"a;b\"");
        }
        String file = separator.equals(",")
                ? text
                : text.replace("Title,TEXT,task,state", "Title,TEXT,task,state".replace(",", separator))
                        .replace("Hours,\"", "Hours" + separator + "\"")
                        .replace("\",a;b,", "\"" + separator + "\"a;b\"" + separator)
                        .replace("\",\"a;b\",", "\"" + separator + "\"a;b\"" + separator);
        ImportedFile.Line line = read(file).get(0);
        assertThat(line.error()).isNull();
        assertThat(line.fields().text()).isEqualTo("Nine, to; five\ttoday");
        assertThat(line.fields().categories()).isEqualTo(List.of("a", "b"));
        assertThat(line.fields().state()).isEqualTo(ReplyState.PUBLISHED);
    }

    @Test
    void lines_are_numbered_where_they_begin_in_the_file() {
        List<ImportedFile.Line> lines = read("text,title\n\"one\ntwo\",a\n\n\"three\",b\n,c\n");
        assertThat(lines.stream().map(ImportedFile.Line::number).toList()).isEqualTo(List.of(2, 5, 6));
        assertThat(lines.get(2).fields().text()).isNull();
    }

    @Test
    void a_header_without_text_is_explained() {
        assertThat(read("label,title\na,b\n").get(0).error().message().startsWith("the header has no column 'text'"))
                .isTrue();
        assertThat(file("label,title\na,b\n").readable()).isFalse();
        assertThat(read("").get(0).error().message().startsWith("the file is empty"))
                .isTrue();
        assertThat(read("text,category,task\na,b,c\n").get(0).error().message().contains("'task' twice"))
                .isTrue();
    }

    @Test
    void a_quote_that_is_never_closed_is_named_by_the_line_where_it_opens() {
        ImportedFile file = file("text,title\ngood,a\n\"never closed,b\nc,d\n");
        assertThat(file.readable()).isFalse();
        assertThat(file.lines().size()).isEqualTo(2);
        assertThat(file.lines().get(1).number()).isEqualTo(3);
        assertThat(file.lines().get(1).error().message().startsWith("a quote is opened and not closed"))
                .isTrue();
    }

    @Test
    void text_after_a_closed_quote_is_named() {
        ImportedFile file = file("text,title\n\"a\"b,c\n");
        assertThat(file.readable()).isFalse();
        assertThat(file.lines().get(0).number()).isEqualTo(2);
    }

    @Test
    void more_cells_than_columns_are_named_and_fewer_say_nothing() {
        List<ImportedFile.Line> lines = read("text,title\na,b,c\nd\n");
        assertThat(lines.get(0).error().message().startsWith("the line has 3 cells and the header 2"))
                .isTrue();
        assertThat(lines.get(1).fields().text()).isEqualTo("d");
        assertThat(lines.get(1).fields().title()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=HYPERLINK(\"http://evil\")",
                "+1",
                "-1+1",
                "@SUM(A1)",
                "＝1+1",
                "'=1",
                "''=1",
                "'quoted'",
                "plain",
                "a=b",
                "- a list\n- of things",
                "\"quotes\", commas; and\nlines",
                "a;=1+1",
                "a,=1+1;@x\t-2",
                "a;\"=1+1\"",
                "a;''=1\n'+2",
                "a;'quoted'",
                "=1;=2,,=3\n=4",
                "x|=cmd|' /C calc'!A0",
                "|\"'+1|@x",
                "a;＝1"
            })
    void texts_go_out_without_running_as_formulas_and_come_back_as_they_were(String text) throws IOException {
        String table = written(reply(text, text, List.of("c")), AnsweredQuestion.masking(text.replace('\n', ' '), ""));
        ImportedFile.Line line = read(table).get(0);
        assertThat(line.fields().title()).isEqualTo(text);
        assertThat(line.fields().text()).isEqualTo(text);
        assertThat(line.fields().questions().get(0).text()).isEqualTo(text.replace('\n', ' '));
        for (String cell : table.lines().skip(1).findFirst().orElseThrow().split(",")) {
            String content = cell.startsWith("\"") ? cell.substring(1) : cell;
            assertThat(content.isEmpty() || "=+@＝＋－＠".indexOf(content.charAt(0)) < 0)
                    .as("%s", cell)
                    .isTrue();
        }
        // Where another separator is usual, quotes inside a cell and its line ends are none of it.
        for (String cell : table.split("[,;|\t\r\n]\"*")) {
            assertThat(cell.isEmpty() || "=+-@＝＋－＠".indexOf(cell.charAt(0)) < 0)
                    .as("%s", cell)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write;'=sum' into the cell",
                "Choose a,'-b' or|'@c'",
                "Steps:\n'- first'\n'+ second",
                "'@home' is our blog",
                "'-5' means minus five",
                "''=1",
                "'quoted'"
            })
    void apostrophes_in_files_of_other_programs_stay(String text) {
        ImportedFile.Line line = read("title,text,categories,questions\n\"" + text + "\",\"" + text + "\",\"a,'-b\",\""
                        + text + "\"\n")
                .get(0);
        assertThat(line.fields().title()).isEqualTo(text);
        assertThat(line.fields().text()).isEqualTo(text);
        assertThat(line.fields().categories()).isEqualTo(List.of("a,'-b"));
        assertThat(line.fields().questions().stream()
                        .map(AnsweredQuestion::text)
                        .toList())
                .isEqualTo(text.lines().toList());
    }

    @Test
    void one_apostrophe_before_a_formula_of_another_program_is_taken_away() {
        assertThat(read("title,text\na,'=1+1\n").get(0).fields().text()).isEqualTo("=1+1");
    }

    @Test
    void categories_and_questions_share_a_cell() throws IOException {
        String table = written(
                reply("t", "x", List.of("a", "b c")),
                AnsweredQuestion.masking("one\nburst", "context"),
                AnsweredQuestion.masking("two", ""));
        ImportedFile.Line line = read(table).get(0);
        assertThat(line.fields().categories()).isEqualTo(List.of("a", "b c"));
        assertThat(line.fields().questions())
                .isEqualTo(List.of(AnsweredQuestion.masking("one burst", ""), AnsweredQuestion.masking("two", "")));
    }
}
