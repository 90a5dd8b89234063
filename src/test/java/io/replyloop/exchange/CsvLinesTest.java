package io.replyloop.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        assertNull(line.error());
        assertEquals("Nine, to; five\ttoday", line.fields().text());
        assertEquals(List.of("a", "b"), line.fields().categories());
        assertEquals(ReplyState.PUBLISHED, line.fields().state());
    }

    @Test
    void lines_are_numbered_where_they_begin_in_the_file() {
        List<ImportedFile.Line> lines = read("text,title\n\"one\ntwo\",a\n\n\"three\",b\n,c\n");
        assertEquals(
                List.of(2, 5, 6), lines.stream().map(ImportedFile.Line::number).toList());
        assertNull(lines.get(2).fields().text());
    }

    @Test
    void a_header_without_text_is_explained() {
        assertTrue(read("label,title\na,b\n").get(0).error().message().startsWith("the header has no column 'text'"));
        assertFalse(file("label,title\na,b\n").readable());
        assertTrue(read("").get(0).error().message().startsWith("the file is empty"));
        assertTrue(read("text,category,task\na,b,c\n").get(0).error().message().contains("'task' twice"));
    }

    @Test
    void a_quote_that_is_never_closed_is_named_by_the_line_where_it_opens() {
        ImportedFile file = file("text,title\ngood,a\n\"never closed,b\nc,d\n");
        assertFalse(file.readable());
        assertEquals(2, file.lines().size());
        assertEquals(3, file.lines().get(1).number());
        assertTrue(file.lines().get(1).error().message().startsWith("a quote is opened and not closed"));
    }

    @Test
    void text_after_a_closed_quote_is_named() {
        ImportedFile file = file("text,title\n\"a\"b,c\n");
        assertFalse(file.readable());
        assertEquals(2, file.lines().get(0).number());
    }

    @Test
    void more_cells_than_columns_are_named_and_fewer_say_nothing() {
        List<ImportedFile.Line> lines = read("text,title\na,b,c\nd\n");
        assertTrue(lines.get(0).error().message().startsWith("the line has 3 cells and the header 2"));
        assertEquals("d", lines.get(1).fields().text());
        assertNull(lines.get(1).fields().title());
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
        assertEquals(text, line.fields().title());
        assertEquals(text, line.fields().text());
        assertEquals(text.replace('\n', ' '), line.fields().questions().get(0).text());
        for (String cell : table.lines().skip(1).findFirst().orElseThrow().split(",")) {
            String content = cell.startsWith("\"") ? cell.substring(1) : cell;
            assertTrue(content.isEmpty() || "=+@＝＋－＠".indexOf(content.charAt(0)) < 0, cell);
        }
        // Where another separator is usual, quotes inside a cell and its line ends are none of it.
        for (String cell : table.split("[,;|\t\r\n]\"*")) {
            assertTrue(cell.isEmpty() || "=+-@＝＋－＠".indexOf(cell.charAt(0)) < 0, cell);
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
        assertEquals(text, line.fields().title());
        assertEquals(text, line.fields().text());
        assertEquals(List.of("a,'-b"), line.fields().categories());
        assertEquals(
                text.lines().toList(),
                line.fields().questions().stream().map(AnsweredQuestion::text).toList());
    }

    @Test
    void one_apostrophe_before_a_formula_of_another_program_is_taken_away() {
        assertEquals("=1+1", read("title,text\na,'=1+1\n").get(0).fields().text());
    }

    @Test
    void categories_and_questions_share_a_cell() throws IOException {
        String table = written(
                reply("t", "x", List.of("a", "b c")),
                AnsweredQuestion.masking("one\nburst", "context"),
                AnsweredQuestion.masking("two", ""));
        ImportedFile.Line line = read(table).get(0);
        assertEquals(List.of("a", "b c"), line.fields().categories());
        assertEquals(
                List.of(AnsweredQuestion.masking("one burst", ""), AnsweredQuestion.masking("two", "")),
                line.fields().questions());
    }
}
