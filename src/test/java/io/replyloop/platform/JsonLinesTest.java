package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesTest {
    @TempDir
    Path folder;

    @Test
    void blank_lines_are_passed_over_and_the_last_line_needs_no_end() throws IOException {
        assertThat(texts(file("\n{\"text\": \"one\"}\n\n  \n{\"text\": \"二\"}")))
                .containsExactly("one", "二");
        assertThat(texts(file(""))).isEmpty();
    }

    @Test
    void a_gzipped_file_is_told_by_its_first_bytes_whatever_its_name() throws IOException {
        Path file = folder.resolve("plainly.jsonl");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("{\"text\": \"packed\"}\n".getBytes());
        }
        assertThat(texts(file)).containsExactly("packed");
    }

    @Test
    void what_is_wrong_is_told_with_file_and_line() throws IOException {
        Path malformed = file("{\"text\": \"one\"}\n{\"text\": two}\n");
        assertThatThrownBy(() -> texts(malformed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(malformed + ", line 2: not JSON: ");
        Path number = file("{\"text\": \"one\"}\n\n7\n");
        assertThatThrownBy(() -> texts(number)).hasMessage(number + ", line 3: not a JSON object");
        Path other = file("{\"text\": \"one\"}\n\n{\"text\": 7}\n");
        assertThatThrownBy(() -> texts(other)).hasMessage(other + ", line 3: 'text' must be a text");
        Path cut = file("{\"text\": \"one\"}\n{\"text\": \"tw");
        assertThatThrownBy(() -> texts(cut)).hasMessageStartingWith(cut + ", line 2: not JSON: ");
        Path list = file("[{\"text\": \"one\"},\n{\"text\": \"two\"}]\n");
        assertThatThrownBy(() -> texts(list)).hasMessageStartingWith(list + ", line 1: not JSON: ");
        Path two = file("{\"text\": \"one\"} {\"text\": \"two\"}\n");
        assertThatThrownBy(() -> texts(two)).hasMessageStartingWith(two + ", line 1: not JSON: ");
        Path open = file("{\"text\":\n{\"text\": \"two\"}\n{\"text\": \"three\"}\n");
        assertThatThrownBy(() -> texts(open)).hasMessageStartingWith(open + ", line 1: not JSON: ");
        assertThatThrownBy(() -> texts(folder)).hasMessage(folder + ": is a directory");
        Path missing = folder.resolve("missing.jsonl");
        assertThatThrownBy(() -> texts(missing)).hasMessage(missing + ": there is no such file");
    }

    @Test
    void a_file_that_is_cut_is_told_by_its_name() throws IOException {
        Path whole = folder.resolve("whole.jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(whole))) {
            out.write("{\"text\": \"packed\"}\n{\"text\": \"too\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        for (int length : new int[] {5, 20, 30}) {
            Path cut = Files.write(folder.resolve("cut" + length), Arrays.copyOf(Files.readAllBytes(whole), length));
            assertThatThrownBy(() -> texts(cut))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(cut + ": is cut or damaged");
        }
    }

    @Test
    void a_byte_order_mark_is_passed_over() throws IOException {
        assertThat(texts(file("\uFEFF{\"text\": \"one\"}\n"))).containsExactly("one");
    }

    private List<String> texts(Path file) throws IOException {
        return JsonLines.list(file, object -> JsonLines.text(object, "text"));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "lines", ".jsonl"), content);
    }
}
