package io.replyloop.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.history.HistoryReading.Mapping;
import io.replyloop.platform.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReaderTest {
    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }

    private static final List<String> SAMPLES = List.of(
            "zendesk.json",
            "intercom.json",
            "chatwoot.json",
            "chatwoot-messages.json",
            "conversations.jsonl",
            "messages.csv");

    @TempDir
    Path folder;

    @Test
    void tickets_of_zendesk_lose_private_notes_quoted_mail_and_signatures() throws IOException {
        ReadFile read = ReadFile.sample("zendesk.json");

        assertThat(read.said(0))
                .isEqualTo(List.of(
                        "CUSTOMER: Hello, may I bring my parrot?", "AGENT: Dear Zoe,\n\nyes, parrots are welcome."));
        assertThat(read.conversations.get(0).id()).isEqualTo("35436");
        assertThat(read.conversations.get(0).customers()).isEqualTo(List.of("20978392", "zoe@example.org"));
        assertThat(read.conversations.get(0).names()).containsExactlyInAnyOrder("Zoe Zimmer", "Ben Bright");
        assertThat(read.said(1)).isEqualTo(List.of("CUSTOMER: Anybody there?"));
        assertThat(read.leftOut).isEqualTo(List.of("private-note 1", "broken-line 5"));
    }

    @Test
    void conversations_of_intercom_begin_with_their_source_and_are_html() throws IOException {
        ReadFile read = ReadFile.sample("intercom.json");

        assertThat(read.said(0))
                .isEqualTo(List.of(
                        "CUSTOMER: Do you ship to Norway?",
                        "BOT: Our team will be with you soon.",
                        "AGENT: Yes, for 12 euros.\n\nSee here (https://example.org/ship)."));
        assertThat(read.conversations.get(0).customers()).isEqualTo(List.of("70", "5a", "nils@example.org"));
        assertThat(read.conversations.get(0).said().get(0).at()).isEqualTo(Instant.ofEpochSecond(1772355600));
        assertThat(read.leftOut).isEqualTo(List.of("private-note 2", "system 2"));
    }

    @Test
    void conversations_of_chatwoot_lose_private_messages_and_activities() throws IOException {
        ReadFile read = ReadFile.sample("chatwoot.json");

        assertThat(read.said(0))
                .isEqualTo(List.of("CUSTOMER: 你好，请问可以退货吗？", "AGENT: 可以的，三十天内可以退货。", "BOT: How would you rate us?"));
        assertThat(read.conversations.get(0).customers()).isEqualTo(List.of("lilei@example.org", "3"));
        assertThat(read.leftOut).isEqualTo(List.of("system 2", "private-note 2"));
    }

    @Test
    void messages_of_chatwoot_are_put_together_and_in_order() throws IOException {
        ReadFile read = ReadFile.sample("chatwoot-messages.json");

        assertThat(read.said(0)).isEqualTo(List.of("CUSTOMER: May my parrot come in?", "AGENT: Yes, it may."));
        assertThat(read.conversations.get(0).id()).isEqualTo("5");
        assertThat(read.said(1)).isEqualTo(List.of("BOT: Beep"));
    }

    @Test
    void our_own_lines_are_read_and_what_is_wrong_is_named_by_its_line() throws IOException {
        ReadFile read = ReadFile.sample("conversations.jsonl");

        assertThat(read.said(0))
                .isEqualTo(
                        List.of("CUSTOMER: Where is my order 4711?", "BOT: One moment", "AGENT: It comes on Monday."));
        assertThat(read.conversations.get(0).customers()).isEqualTo(List.of("c9"));
        assertThat(read.said(1)).isEqualTo(List.of("CUSTOMER: Hi", "AGENT: Hello"));
        assertThat(read.leftOut).isEqualTo(List.of("system 1", "empty 1", "broken-line 2", "unknown-author 3"));
    }

    @Test
    void a_table_is_put_in_order_and_tells_its_bad_rows() throws IOException {
        ReadFile read = ReadFile.sample("messages.csv");

        assertThat(read.said(0)).isEqualTo(List.of("CUSTOMER: May my parrot come in?", "AGENT: Yes; it may\ncome in."));
        assertThat(read.leftOut).isEqualTo(List.of("no-conversation 5", "broken-line 6", "broken-line 7"));
    }

    @Test
    void whoever_is_said_to_be_an_agent_is_one_and_the_others_are_customers() throws IOException {
        Path file = Files.writeString(
                folder.resolve("file.jsonl"),
                "{\"chat\":\"1\",\"who\":\"Zoe\",\"said\":\"Hi\"}\n"
                        + "{\"chat\":\"1\",\"who\":\"Ben\",\"said\":\"Hello\"}\n");
        Mapping mapping =
                new Mapping("chat", "who", "said", null, null, List.of("Ben"), List.of(), List.of(), List.of(), null);
        HistoryReading reading = new HistoryReading(HistoryFormat.MESSAGES, "UTF-8", null, mapping);
        ReadFile read = ReadFile.with(file, reading);

        assertThat(read.said(0)).isEqualTo(List.of("CUSTOMER: Hi", "AGENT: Hello"));
    }

    @Test
    void packed_files_and_other_encodings_are_read_alike() throws IOException {
        byte[] table = "会话,角色,内容\n1,客户,可以退货吗？这件商品我不太满意\n1,客服,可以的，三十天内都可以退货\n".getBytes(Charset.forName("GB18030"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(table);
        }
        ReadFile read = ReadFile.of(Files.write(folder.resolve("file"), packed.toByteArray()), null);

        assertThat(read.said(0)).isEqualTo(List.of("CUSTOMER: 可以退货吗？这件商品我不太满意", "AGENT: 可以的，三十天内都可以退货"));
    }

    @Test
    void what_is_packed_to_more_than_the_limit_is_not_unpacked_to_its_end() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            byte[] line = "{\"id\":\"1\",\"messages\":[{\"by\":\"customer\",\"text\":\"Hi\"}]}\n"
                    .getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 20_000; i++) {
                out.write(line);
            }
        }
        HistoryFile file = new HistoryFile(Files.write(folder.resolve("bomb"), packed.toByteArray()));
        HistoryReading reading = new HistoryReading(HistoryFormat.CONVERSATIONS, "UTF-8", null, null);
        HistoryConfig small = ReadFile.config(Map.of("replyloop.history.largest-file", "100000"));

        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> new FileReader(file, reading, small).read(ReadFile.nobody(), new long[1]))
                .withMessageContaining("unpacked");
    }

    @Test
    void nesting_without_end_and_objects_without_end_are_left_out() throws IOException {
        String good =
                "{\"id\":\"1\",\"messages\":[{\"by\":\"customer\",\"text\":\"Hi\"},{\"by\":\"agent\",\"text\":\"Hello\"}]}";
        String deep = "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        String large = "{\"a\":\"" + "x".repeat(JsonDocuments.LARGEST) + "\"}";
        ReadFile read =
                ReadFile.text(folder, good + "\n" + deep + "\n" + large + "\n" + good.replace("\"1\"", "\"2\""));

        assertThat(read.conversations).extracting(Transcript::id).isEqualTo(List.of("1", "2"));
        assertThat(read.leftOut).hasSize(2);
        assertThat(read.leftOut.get(1)).isEqualTo("too-large 3");
    }

    @Test
    void a_whole_export_in_one_long_line_is_read() throws IOException {
        StringBuilder line = new StringBuilder("{\"tickets\":[");
        String said = "parrots ".repeat(700);
        for (int i = 0; i < 1_100; i++) {
            line.append(i == 0 ? "" : ",")
                    .append("{\"id\":%d,\"requester_id\":1,\"comments\":[{\"author_id\":1,\"body\":\"%s\"},"
                            .formatted(i, said))
                    .append("{\"author_id\":2,\"body\":\"Yes.\"}]}");
        }
        line.append("]}");
        assertThat(line.length()).isGreaterThan(6_000_000);

        ReadFile read = ReadFile.text(folder, line.toString());

        assertThat(read.conversations).hasSize(1_100);
        assertThat(read.leftOut).isEmpty();
    }

    @Test
    void fields_and_their_names_beyond_the_largest_object_are_not_kept() throws IOException {
        StringBuilder object = new StringBuilder("{\n");
        for (int i = 0; i < 500_000; i++) {
            object.append("\"field").append(i).append("\":1,\n");
        }
        object.append("\"conversation_parts\":[],\"source\":{}}");

        ReadFile read = new ReadFile();
        JsonDocuments.read(
                new StringReader(object.toString()), (found, line) -> read.leftOut(LeftOut.EMPTY, line), read);

        assertThat(read.leftOut).isEqualTo(List.of("too-large 1"));
    }

    @Test
    void a_table_of_more_messages_than_an_import_may_have_is_refused_while_it_is_read() throws IOException {
        HistoryConfig small =
                ReadFile.config(Map.of("replyloop.history.messages", "3", "replyloop.history.conversations", "2"));
        Mapping mapping = new Mapping("a", "b", "c", null, null, List.of(), List.of(), List.of(), List.of(), null);
        HistoryReading reading = new HistoryReading(HistoryFormat.CSV, "UTF-8", ",", mapping);
        Path file = Files.writeString(folder.resolve("four"), "a,b,c\n1,user,x\n1,agent,y\n2,user,x\n1,user,z\n");
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() ->
                        new FileReader(new HistoryFile(file), reading, small).read(ReadFile.nobody(), new long[1]))
                .withMessageContaining("more than 3 messages");

        Path many = Files.writeString(folder.resolve("many"), "a,b,c\n1,user,x\n2,agent,y\n3,user,x\n1,user,z\n");
        ReadFile read = new ReadFile();
        new FileReader(new HistoryFile(many), reading, small).read(read, new long[1]);
        assertThat(read.conversations).extracting(Transcript::id).isEqualTo(List.of("1", "2"));
        assertThat(read.leftOut).isEqualTo(List.of("too-many-conversations 4"));
    }

    @Test
    void everybody_else_in_a_table_is_what_somebody_says_and_is_counted() throws IOException {
        Path file = Files.writeString(
                folder.resolve("table"), "a,b,c\n1,Zoe Zimmer,Hi\n1,Ben Bright,Hello\n1,Cat Clark,Hello again\n");
        for (Map.Entry<String, List<String>> others : Map.of(
                        "agent", List.of("CUSTOMER: Hi", "AGENT: Hello", "AGENT: Hello again"),
                        "customer", List.of("CUSTOMER: Hi", "AGENT: Hello", "CUSTOMER: Hello again"),
                        "system", List.of("CUSTOMER: Hi", "AGENT: Hello"))
                .entrySet()) {
            Mapping mapping = new Mapping(
                    "a",
                    "b",
                    "c",
                    null,
                    null,
                    List.of("Ben Bright"),
                    List.of(),
                    List.of(),
                    List.of("Zoe Zimmer"),
                    others.getKey());
            ReadFile read = ReadFile.with(file, new HistoryReading(HistoryFormat.CSV, "UTF-8", ",", mapping));

            assertThat(read.said(0)).as(others.getKey()).isEqualTo(others.getValue());
            assertThat(read.others).isEqualTo(others.getKey().equals("system") ? 0 : 1);
        }
    }

    @Test
    void the_people_of_a_table_are_named_so_that_they_can_be_masked() throws IOException {
        Path file = Files.writeString(
                folder.resolve("table"),
                "a,b,c,d\n1,Zoe Zimmer,I am Zoe Zimmer,Zimmer Family\n1,Support Team,Hello Zoe from Support,17\n1,agent,x,\n");
        Mapping mapping =
                new Mapping("a", "b", "c", null, "d", List.of("Support Team"), List.of(), List.of(), List.of(), null);
        Transcript one = ReadFile.with(file, new HistoryReading(HistoryFormat.CSV, "UTF-8", ",", mapping))
                .conversations
                .get(0);

        assertThat(one.names()).isEqualTo(List.of("Zoe Zimmer", "Zimmer Family", "Support Team"));
        assertThat(one.customers()).isEqualTo(List.of("Zimmer Family", "17"));
        assertThat(StoredTurns.masked(one.said(), one.names()))
                .isEqualTo("- I am [name]\n> Hello [name] from Support\n> x");
    }

    /** Whatever is wrong with a file: it is read as far as it goes, or refused, and nothing else happens. */
    @Test
    void no_file_however_broken_makes_the_reader_fail() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 600; round++) {
            byte[] bytes = Files.readAllBytes(
                    Path.of("src/test/resources/history", SAMPLES.get(random.nextInt(SAMPLES.size()))));
            if (round % 60 == 0) {
                bytes = repeated(bytes, JsonDocuments.LARGEST / bytes.length + 2);
            }
            for (int change = 0; change <= random.nextInt(6); change++) {
                int at = random.nextInt(bytes.length);
                if (random.nextBoolean()) {
                    bytes[at] = (byte) "{}[]\",:;\n\u0000x9".charAt(random.nextInt(12));
                } else if (at > 0 && random.nextInt(4) == 0) {
                    bytes = Arrays.copyOf(bytes, at);
                }
            }
            Path file = Files.write(folder.resolve("broken"), bytes);
            try {
                ReadFile.of(file, null);
            } catch (Problem refused) {
                assertThat(refused.getMessage()).as("round %d", round).isNotBlank();
            }
        }
    }
}
