package io.replyloop.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.history.HistoryReading.Mapping;
import io.replyloop.platform.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that would fill the memory, or keep the thread, are refused before they do. */
class FileLimitsTest {
    private static final HistoryConfig LITTLE =
            ReadFile.config(Map.of("replyloop.history.held-memory", Integer.toString(100_000)));
    private static final Mapping COLUMNS =
            new Mapping("a", "b", "c", null, null, List.of(), List.of(), List.of(), List.of(), null);

    @TempDir
    Path folder;

    @Test
    void small_messages_in_rows_are_counted_by_the_memory_that_they_take() throws IOException {
        HistoryReading chatwoot = new HistoryReading(HistoryFormat.CHATWOOT, "UTF-8", null, null);
        String message =
                "{\"conversation_id\":%d,\"message_type\":0,\"content\":\"a\",\"sender\":{\"name\":\"n%d\",\"id\":%d}}";

        refused(lines(message, 100), chatwoot);
        read(lines(message, 50), chatwoot, LITTLE);
        HistoryReading rows = new HistoryReading(HistoryFormat.MESSAGES, "UTF-8", null, COLUMNS);
        refused(lines("{\"a\":%d,\"b\":\"Zoe %d\",\"c\":\"x %d\"}", 150), rows);
        HistoryReading table = new HistoryReading(HistoryFormat.CSV, "UTF-8", ",", COLUMNS);
        refused("a,b,c\n" + lines("%d,user,x", 150), table);
        refused("a,b,c\n" + "1,user,x\n".repeat(500), table);
    }

    @Test
    void users_of_tickets_are_counted_by_the_memory_that_they_take() throws IOException {
        HistoryReading zendesk = new HistoryReading(HistoryFormat.ZENDESK, "UTF-8", null, null);
        String users = "{\"role\":\"agent\",\"id\":%d,\"name\":\"Zoe %d\"}";

        refused(lines(users, 300), zendesk);
        read(lines(users, 100), zendesk, LITTLE);
    }

    @Test
    void a_row_without_end_is_refused_before_it_is_held() throws IOException {
        HistoryReading table = new HistoryReading(HistoryFormat.CSV, "UTF-8", ",", COLUMNS);
        HistoryConfig usual = ReadFile.config(Map.of());
        for (String endless : List.of(",", "\"x")) {
            String file = "a,b,c\n1,user,x\n" + endless + ",".repeat(FileReader.LONGEST_RECORD + 10_000);
            assertThatExceptionOfType(Problem.class)
                    .isThrownBy(() -> read(file, table, usual))
                    .withMessageContaining("1,000,000 characters");
        }
        ReadFile whole = read("a,b,c\n" + ("1,user," + "x".repeat(400_000) + "\n").repeat(4), table, usual);
        assertThat(whole.conversations.get(0).said()).hasSize(4);
    }

    @Test
    void no_conversation_has_more_names_than_can_be_looked_for() throws IOException {
        String many = IntStream.range(0, 500)
                .mapToObj(i -> "{\"by\":\"agent\",\"name\":\"Name%d\",\"text\":\"Hello\"}".formatted(i))
                .collect(Collectors.joining(",", "{\"id\":\"1\",\"messages\":[", "]}"));

        ReadFile found = ReadFile.text(folder, many);

        assertThat(found.conversations.get(0).names()).hasSize(Transcript.MOST_NAMES);
    }

    private void refused(String file, HistoryReading reading) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> read(file, reading, LITTLE))
                .withMessageContaining("needs more memory")
                .withMessageContaining("Split it");
    }

    private ReadFile read(String file, HistoryReading reading, HistoryConfig config) throws IOException {
        ReadFile found = new ReadFile();
        Path path = Files.writeString(folder.resolve("file"), file);
        new FileReader(new HistoryFile(path), reading, config).read(found, new long[1]);
        return found;
    }

    private static String lines(String line, int times) {
        return IntStream.range(0, times).mapToObj(i -> line.formatted(i, i, i)).collect(Collectors.joining("\n"));
    }
}
