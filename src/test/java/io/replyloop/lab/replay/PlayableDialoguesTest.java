package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replyloop.lab.corpus.Dialogue;
import io.replyloop.lab.corpus.Dialogue.Speaker;
import io.replyloop.lab.corpus.Dialogue.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlayableDialoguesTest {
    private static final String LINE = """
            {"id": 3, "tasks": ["trip"], "mood": "good", "events": [
              {"by": "agent", "text": "Anybody there?"},
              {"by": "customer", "text": " Hello! ", "t": 1},
              {"by": "agent", "search": "Hello"},
              {"by": "agent", "text": "Hello, how can I help?", "picked": "hello", "offered": ["hello", "bye"]},
              {"by": "customer", "text": "   "},
              {"by": "wizard", "text": "abracadabra"},
              {"by": "customer", "text": "A trip."},
              {"by": "customer", "text": "我要去北京。"},
              {"by": "agent", "text": "Where to?"}]}""".replace("\n", " ");

    @TempDir
    private Path folder;

    private Path file(String content) throws IOException {
        return Files.writeString(folder.resolve("dialogues.jsonl"), content);
    }

    @Test
    void texts_are_read_in_order_and_everything_else_is_skipped() throws IOException {
        Dialogue dialogue = PlayableDialogues.read(file(LINE + "\n\n"), 1, 10).get(0);
        assertThat(dialogue.tasks()).containsExactly("trip");
        assertThat(dialogue.turns())
                .containsExactly(
                        new Turn(Speaker.CUSTOMER, "Hello!", null),
                        new Turn(Speaker.AGENT, "Hello, how can I help?", "hello"),
                        new Turn(Speaker.CUSTOMER, "A trip.", null),
                        new Turn(Speaker.CUSTOMER, "我要去北京。", null),
                        new Turn(Speaker.AGENT, "Where to?", null));
    }

    @Test
    void a_gzipped_file_is_read_like_a_plain_one() throws IOException {
        Path plain = file(LINE);
        Path zipped = folder.resolve("without-extension");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(plain, out);
        }
        assertThat(PlayableDialogues.read(zipped, 1, 10)).isEqualTo(PlayableDialogues.read(plain, 1, 10));
    }

    @Test
    void the_seed_determines_the_choice_and_order_of_dialogues() throws IOException {
        Path file = file(String.join(
                "\n",
                IntStream.range(0, 50)
                        .mapToObj(number -> "{\"events\":[{\"by\":\"customer\",\"text\":\"" + number + "\"}]}")
                        .toList()));
        List<Dialogue> sample = PlayableDialogues.read(file, 7, 10);
        assertThat(sample).hasSize(10).isEqualTo(PlayableDialogues.read(file, 7, 10));
        assertThat(sample).isNotEqualTo(PlayableDialogues.read(file, 8, 10));
    }

    @Test
    void an_invalid_line_is_reported_with_its_number() throws IOException {
        Path broken = file("{\"events\":[]}\n\n{\"events\": [");
        assertThatThrownBy(() -> PlayableDialogues.read(broken, 1, 1)).hasMessageContaining("line 3");
        Path noObject = file("{\"events\":[]}\n7");
        assertThatThrownBy(() -> PlayableDialogues.read(noObject, 1, 1)).hasMessageContaining("line 2");
        Path noEvents = file("{\"label\": \"hello\", \"text\": \"Hello\"}");
        assertThatThrownBy(() -> PlayableDialogues.read(noEvents, 1, 1)).hasMessageContaining("no list `events`");
        Path nothing = file("");
        assertThatThrownBy(() -> PlayableDialogues.read(nothing, 1, 1)).isInstanceOf(ReplayException.class);
        Path missing = folder.resolve("missing.jsonl");
        assertThatThrownBy(() -> PlayableDialogues.read(missing, 1, 1)).hasMessageContaining("missing.jsonl");
    }
}
