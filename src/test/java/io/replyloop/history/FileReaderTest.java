package io.replyloop.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.history.HistoryReading.Mapping;
import io.replyloop.platform.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
        assertThat(read.conversations.get(0).customer()).isEqualTo("20978392");
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
        assertThat(read.conversations.get(0).customer()).isEqualTo("70");
        assertThat(read.conversations.get(0).said().get(0).at()).isEqualTo(Instant.ofEpochSecond(1772355600));
        assertThat(read.leftOut).isEqualTo(List.of("private-note 2", "system 2"));
    }

    @Test
    void conversations_of_chatwoot_lose_private_messages_and_activities() throws IOException {
        ReadFile read = ReadFile.sample("chatwoot.json");

        assertThat(read.said(0))
                .isEqualTo(List.of("CUSTOMER: 你好，请问可以退货吗？", "AGENT: 可以的，三十天内可以退货。", "BOT: How would you rate us?"));
        assertThat(read.conversations.get(0).customer()).isEqualTo("lilei@example.org");
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
        assertThat(read.conversations.get(0).customer()).isEqualTo("c9");
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
        Mapping mapping = new Mapping("chat", "who", "said", null, null, List.of("Ben"), List.of(), List.of());
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

    /** Whatever is wrong with a file: it is read as far as it goes, or refused, and nothing else happens. */
    @Test
    void no_file_however_broken_makes_the_reader_fail() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 600; round++) {
            byte[] bytes = Files.readAllBytes(
                    Path.of("src/test/resources/history", SAMPLES.get(random.nextInt(SAMPLES.size()))));
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
