package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.platform.Problem;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as other programs write them. */
class FileReadingTest {
    private static ImportedFile read(byte[] file, FileFormat format) {
        return FileReading.of(file, ReadingOptions.of(format));
    }

    private static ImportedFile csv(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), FileFormat.CSV);
    }

    private static ImportedFile mapped(String text, String mapping) {
        return FileReading.of(
                text.getBytes(StandardCharsets.UTF_8),
                new ReadingOptions(FileFormat.CSV, null, null, null, mapping, false));
    }

    private static ImportedFile asText(String text) {
        return FileReading.of(
                text.getBytes(StandardCharsets.UTF_8),
                new ReadingOptions(FileFormat.CSV, null, null, null, null, true));
    }

    private static ImportedFile jsonl(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), FileFormat.JSONL);
    }

    private static ImportedFile markdown(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), FileFormat.MARKDOWN);
    }

    private static ImportedFile.Fields only(ImportedFile file) {
        assertThat(file.lines()).hasSize(1);
        assertThat(file.lines().get(0).error()).isNull();
        return file.lines().get(0).fields();
    }

    private static List<String> notes(ImportedFile file) {
        return file.lines().get(0).notes().stream().map(Reason::code).toList();
    }

    private static String refusal(byte[] file) {
        try {
            read(file, null);
        } catch (FileRefused refused) {
            return refused.reason().code();
        }
        return "read";
    }

    @Test
    void a_first_line_names_the_separator_as_excel_does() {
        ImportedFile file = csv("sep=;\r\ntitle;text\r\nSaddle height;\"Set it, so that; it fits.\"\r\n");
        assertThat(only(file).text()).isEqualTo("Set it, so that; it fits.");
        assertThat(file.lines().get(0).number()).isEqualTo(3);
        assertThat(only(csv("\"sep=|\"\ntitle|text\na,b|c;d\n")).text()).isEqualTo("c;d");
    }

    @Test
    void empty_rows_of_many_cells_say_nothing() {
        ImportedFile file =
                csv("title,text,,,\r\nChain,Oil the chain monthly.,,,\r\n,,,,\r\n \u00A0,\u200B,,,\r\n,,,,,,,\r\n");
        assertThat(only(file).text()).isEqualTo("Oil the chain monthly.");
        assertThat(file.unsure()).isNull();
    }

    @Test
    void names_of_columns_are_the_same_with_invisible_characters_and_other_spaces() {
        assertThat(only(csv("\u200Btitle\u00A0,te\u00ADxt\u2060,Short\u00A0code\nA,B,c\n")))
                .extracting(ImportedFile.Fields::title, ImportedFile.Fields::text, ImportedFile.Fields::shortcode)
                .containsExactly("A", "B", "c");
    }

    @Test
    void a_list_of_questions_and_answers_is_known() {
        ImportedFile.Fields fields =
                only(csv("Question,Answer\r\nHow long is the warranty?,\"Two years, at least.\"\r\n"));
        assertThat(fields.title()).isEqualTo("How long is the warranty?");
        assertThat(fields.text()).isEqualTo("Two years, at least.");
        assertThat(fields.questions()).containsExactly(AnsweredQuestion.masking("How long is the warranty?", ""));
        assertThat(only(csv("问题,答案\n几点开门？,九点。\n")).text()).isEqualTo("九点。");
    }

    @Test
    void macros_of_zendesk_are_known_and_what_would_reach_customers_is_said() {
        ImportedFile file = csv("ID,Title,Body,Active,Position\n360001,Late parcel,"
                + "\"<p>Hello {{ticket.requester.name}},<br>your parcel is late.</p>\",true,1\n");
        assertThat(only(file).title()).isEqualTo("Late parcel");
        assertThat(only(file).state()).isNull();
        assertThat(only(file).id()).isNull();
        assertThat(notes(file)).containsExactly("html", "placeholders");
        assertThat(file.lines().get(0).notes().get(1).values()).containsEntry("names", "{{ticket.requester.name}}");
        assertThat(file.reading().notes()).extracting(Reason::code).containsExactly("foreign-ids");
    }

    @Test
    void what_is_not_in_use_elsewhere_is_not_published_by_the_way() {
        assertThat(only(csv("Title,Body,Active\na,b,false\n")).state()).isEqualTo(ReplyState.DRAFT);
        assertThat(only(csv("Title,Body,Draft\na,b,TRUE\n")).state()).isEqualTo(ReplyState.DRAFT);
        assertThat(only(csv("Title,Body,Draft\na,b,false\n")).state()).isNull();
    }

    @Test
    void html_becomes_text_when_asked_for() {
        ImportedFile file =
                asText("title,text\nShip,\"Free shipping &gt; 50 &euro; &amp; returns<br/>See our page\"\n");
        assertThat(only(file).text()).isEqualTo("Free shipping > 50 € & returns\nSee our page");
        assertThat(notes(file)).containsExactly("html-converted");
        assertThat(only(csv("title,text\nShip,a &gt; b\n")).text()).isEqualTo("a &gt; b");
        assertThat(notes(csv("title,text\nShip,a &gt; b\n"))).containsExactly("html");
        assertThat(notes(csv("title,text\nShip,a > b and <your name> & co\n"))).isEmpty();
    }

    @Test
    void html_keeps_its_lines_lists_and_links() {
        assertThat(HtmlText.of("<p>Hello <b>you</b>,</p>\n<ul><li>one</li><li>two</li></ul><p>See <a"
                        + " href=\"https://a.example/b\">our page</a>, <name>&nbsp;!</p><script>x()</script>"))
                .isEqualTo("Hello you,\n\n- one\n- two\n\nSee our page (https://a.example/b), <name> !");
        assertThat(HtmlText.of("a &lt;b&gt;\nc")).isEqualTo("a <b>\nc");
    }

    @Test
    void any_column_can_be_any_field() {
        String table = "Betreff, kurz;Code;Was wir sagen\nZeiten;h;Ab neun, bis fünf\n";
        assertThat(only(mapped(table, "title=Betreff, kurz,text=#3,shortcode=code")))
                .extracting(ImportedFile.Fields::title, ImportedFile.Fields::text, ImportedFile.Fields::shortcode)
                .containsExactly("Zeiten", "Ab neun, bis fünf", "h");
        assertThat(only(mapped("Title,Text,State\na,b,lost\n", "state=")).state())
                .isNull();
        assertThatThrownBy(() -> mapped(table, "text=Wort"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("no column 'Wort'")
                .hasMessageContaining("Was wir sagen");
        assertThatThrownBy(() -> mapped(table, "words=#1")).hasMessageContaining("field 'words' is not known");
        assertThatThrownBy(() -> mapped(table, "text")).hasMessageContaining("field=column");
    }

    @Test
    void columns_that_could_only_be_guessed_are_shown_and_not_imported_unseen() {
        ImportedFile file = csv("Vorgang;Was wir sagen\nZeiten;Wir sind von neun bis fünf Uhr da.\n");
        assertThat(only(file).text()).isEqualTo("Wir sind von neun bis fünf Uhr da.");
        assertThat(file.unsure().code()).isEqualTo("columns-unsure");
        assertThat(file.reading().columns())
                .extracting(ImportReport.Column::name, ImportReport.Column::field)
                .containsExactly(tuple("Vorgang", "title"), tuple("Was wir sagen", "text"));
    }

    @Test
    void a_table_without_names_of_columns_loses_no_line() {
        ImportedFile file = csv("How long?,\"Two years, always.\"\nWhere?,\"In the old town, near the bridge.\"\n");
        assertThat(file.reading().header()).isFalse();
        assertThat(file.lines()).extracting(ImportedFile.Line::number).containsExactly(1, 2);
        assertThat(file.lines().get(0).fields().text()).isEqualTo("Two years, always.");
        assertThat(file.unsure().code()).isEqualTo("columns-unsure");
    }

    @ParameterizedTest
    @CsvSource({"windows-1252, ;", "UTF-16LE, '\t'", "UTF-8, ','", "GB18030, ;"})
    void what_excel_writes_is_read(String charset, String separator) {
        String words = charset.equals("GB18030") ? "我们每天九点到六点营业。" : "Größe übermäßig – 3,50 €";
        String table = "Title" + separator + "Text" + separator + "Preis\r\nA" + separator + "\"" + words + "\""
                + separator + "\"1,50\"\r\n";
        assertThat(only(read(table.getBytes(Charset.forName(charset)), FileFormat.CSV))
                        .text())
                .isEqualTo(words);
    }

    @Test
    void line_ends_of_old_macs_are_line_ends() {
        ImportedFile file = csv("title,text\ra,b\rc,\"d\re\"\rf,g\r");
        assertThat(file.lines()).extracting(ImportedFile.Line::number).containsExactly(2, 3, 5);
        assertThat(jsonl("{\"text\":\"a\"}\r{\"text\":\"b\"}\r").lines()).hasSize(2);
    }

    @Test
    void quotes_within_a_cell_are_part_of_it() {
        assertThat(only(csv("title,text\nPipe,A 5\" pipe and a \"big\" one\n")).text())
                .isEqualTo("A 5\" pipe and a \"big\" one");
    }

    @Test
    void a_damaged_line_is_named_and_the_others_are_read() {
        byte[] file = "title,text\na,für Größe\nb,fXr\nc,über\n".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < file.length; at++) {
            file[at] = file[at] == 'X' ? (byte) 0xFC : file[at];
        }
        ImportedFile imported = read(file, FileFormat.CSV);
        assertThat(imported.lines().get(1).error().code()).isEqualTo("damaged-bytes");
        assertThat(imported.lines().get(1).number()).isEqualTo(3);
        assertThat(imported.lines().get(2).fields().text()).isEqualTo("über");
    }

    @Test
    void text_that_was_read_wrongly_before_is_said() {
        assertThat(notes(csv("title,text\na,Gr\u00C3\u00BC\u00C3\u0178e\n"))).containsExactly("garbled");
        assertThat(notes(csv("title,text\na,Gr\uFFFDe\n"))).containsExactly("garbled");
    }

    @Test
    void files_that_are_no_text_are_called_what_they_are() {
        assertThat(refusal(new byte[] {'P', 'K', 3, 4, 'x', 'l', '/', 'w', 'o', 'r', 'k', 'b', 'o', 'o', 'k'}))
                .isEqualTo("excel-workbook");
        assertThat(refusal(new byte[] {'P', 'K', 3, 4, 0, 1})).isEqualTo("archive");
        assertThat(refusal(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}))
                .isEqualTo("image");
        assertThat(refusal("%PDF-1.7\n".getBytes(StandardCharsets.UTF_8))).isEqualTo("pdf");
        assertThat(refusal("<!DOCTYPE html><table>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("web-page");
        assertThat(refusal(new byte[] {1, 2, 3, 0, 5, 6, 7, 1, 2, 3, 4})).isEqualTo("not-text");
        assertThat(refusal("Вопрос,Ответ\nЧасы работы,Мы работаем с девяти до шести, приходите"
                        .getBytes(Charset.forName("windows-1251"))))
                .isEqualTo("other-encoding");
    }

    @Test
    void json_of_other_programs_is_read_by_line_or_as_a_document() {
        assertThat(only(jsonl("{\"id\":7,\"question\":\"When?\",\"answer\":\"At nine.\",\"tags\":\"a, b\"}\n")))
                .extracting(ImportedFile.Fields::title, ImportedFile.Fields::text, ImportedFile.Fields::categories)
                .containsExactly("When?", "At nine.", List.of("a", "b"));
        ImportedFile file =
                jsonl("{\n \"macros\": [\n {\"title\": \"a\", \"body\": \"b\", \"by\": {\"name\": \"x\"}},\n"
                        + " {\"title\": \"c\"}]\n}\n");
        assertThat(file.lines()).hasSize(2);
        assertThat(file.lines().get(0).fields().text()).isEqualTo("b");
        assertThat(file.lines().get(0).fields().title()).isEqualTo("a");
        assertThat(jsonl("[{\"text\":\"a\"},\n{\"text\":\"b\"}]").lines()).hasSize(2);
    }

    @Test
    void markdown_with_front_matter_is_a_reply() {
        ImportedFile.Fields fields = only(markdown("---\ntitle: Opening hours\nlanguage: en\ntags: [shop, hours]\n"
                + "draft: true\n---\n\n# Opening hours\n\nNine to *five*.\n"));
        assertThat(fields.title()).isEqualTo("Opening hours");
        assertThat(fields.text()).isEqualTo("Nine to *five*.");
        assertThat(fields.categories()).containsExactly("shop", "hours");
        assertThat(fields.state()).isEqualTo(ReplyState.DRAFT);
    }

    @Test
    void markdown_without_is_a_reply_for_each_heading() {
        ImportedFile file = markdown("# Questions\n\n## When?\nAt nine.\n\n## Where?\nHere.\n### In detail\nThere.\n");
        assertThat(file.lines()).extracting(line -> line.fields().title()).containsExactly("When?", "Where?");
        assertThat(file.lines()).extracting(ImportedFile.Line::number).containsExactly(3, 6);
        assertThat(file.lines().get(1).fields().text()).isEqualTo("Here.\n### In detail\nThere.");
    }

    @Test
    void a_format_that_nobody_names_is_found_out() {
        assertThat(FileFormat.of("{\"text\":\"a\"}")).isEqualTo(FileFormat.JSONL);
        assertThat(FileFormat.of("[\n {\"text\":\"a\"}]")).isEqualTo(FileFormat.JSONL);
        assertThat(FileFormat.of("---\ntitle: x\n---\n")).isEqualTo(FileFormat.MARKDOWN);
        assertThat(FileFormat.of("title,text\n")).isEqualTo(FileFormat.CSV);
    }

    /** Whatever looks at the rest of the file for each line takes many minutes with these. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void the_steps_of_a_long_file_grow_no_faster_than_its_length() {
        String headings = "# a\n\nb\n\n".repeat(90_000);
        String blank = "---\ntitle: x\n---\n" + "\n".repeat(50_000) + "# a\n".repeat(50_000);
        String spaces = "# a" + " ".repeat(200_000) + "b\n# " + "#".repeat(200_000) + "c\n#" + " ".repeat(200_000);
        String lines = "{" + "\n".repeat(200_000) + "{";
        String cells = "text\n\"<table><tr>" + "<td>x</td>".repeat(20_000) + "</tr></table>\"\n";
        String hard = "text\n<p>" + "&nbsp;".repeat(100_000) + "x</p>\n";
        assertThat(markdown(headings).lines()).hasSize(90_000);
        markdown(blank);
        markdown(spaces);
        jsonl(lines);
        asText(cells);
        asText(hard);
    }

    @Test
    void headings_may_be_closed() {
        assertThat(markdown("# One #\n\na\n\n# Two ##  \n\nb\n\n# C#\n\nc").lines())
                .extracting(line -> line.fields().title())
                .containsExactly("One", "Two", "C");
    }

    @Test
    void an_import_ends_when_the_server_stops() {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> markdown("# a\n\nb"))
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining("stopping");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
