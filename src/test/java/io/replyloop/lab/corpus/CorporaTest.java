package io.replyloop.lab.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replyloop.lab.recipe.Stars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorporaTest {

    @TempDir
    Path directory;

    @Test
    void searches_of_the_agent_are_not_turns() throws IOException {
        Dialogue dialogue = Corpora.open(Stars.write(directory)).dev().get(0);
        assertThat(dialogue.turns().size()).isEqualTo(4);
        assertThat(dialogue.turns().get(1).picked()).isEqualTo("hello");
        assertThat(dialogue.tasks()).isEqualTo(List.of("order"));
    }

    @Test
    void a_pick_sees_what_was_said_before_it_and_nothing_else() throws IOException {
        List<Pick> picks = Pick.of(Corpora.open(Stars.write(directory)).dev(), 2);
        assertThat(picks.size()).isEqualTo(4);
        assertThat(picks.get(0).query()).isEqualTo("- Hi");
        assertThat(picks.get(1).query()).isEqualTo("> Hello, how can I help?\n- Where is my parcel?");
        assertThat(picks.get(1).lastTurns()).isEqualTo("Hi\nHello, how can I help?\nWhere is my parcel?");
        assertThat(picks.get(1).burst()).isEqualTo("Where is my parcel?");
        assertThat(picks.get(1).label()).isEqualTo("where");
    }

    @Test
    void the_held_out_dialogues_are_not_in_the_training_part() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        assertThat(corpora.ownDev().size()).isEqualTo(2);
        Set<Dialogue> all = new HashSet<>(corpora.train());
        assertThat(all.size()).isEqualTo(38);
        assertThat(all.removeAll(corpora.ownDev())).isFalse();
    }

    @Test
    void tasks_can_be_left_out_or_selected() throws IOException {
        List<Dialogue> train = Corpora.open(Stars.write(directory)).train();
        assertThat(Corpora.without(train, Set.of("order")).stream()
                        .allMatch(dialogue -> dialogue.tasks().contains("invoice")))
                .isTrue();
        assertThat(Corpora.without(train, Set.of("order")).size()
                        + Corpora.only(train, Set.of("order")).size())
                .isEqualTo(train.size());
    }

    @Test
    void pretraining_text_is_not_from_the_dev_part() throws IOException {
        Stars.write(directory);
        Stars.gzip(
                directory.resolve("star/dev.jsonl.gz"),
                List.of(Stars.order("dev").replace("Where is my parcel?", "Secret")));
        assertThat(Corpora.open(directory).text(Set.of()).stream()
                        .anyMatch(turns -> turns.contains("- Where is my parcel?")))
                .isTrue();
        assertThat(Corpora.open(directory).text(Set.of()).stream().noneMatch(turns -> turns.contains("- Secret")))
                .isTrue();
    }

    @Test
    void an_invalid_line_is_reported_with_its_number() throws IOException {
        Path file = directory.resolve("broken.jsonl");
        Files.writeString(file, Stars.order("1") + "\n\n{\"id\":\"2\"}\n");
        IllegalArgumentException refusal = assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Dialogue.read(file))
                .actual();
        assertThat(refusal.getMessage().contains("line 3"))
                .as("%s", refusal.getMessage())
                .isTrue();
    }

    @Test
    void a_reply_without_a_label_is_reported_with_its_line() throws IOException {
        Path file = directory.resolve("kb.jsonl");
        Files.writeString(file, "{\"label\":\"hello\",\"text\":\"Hello\"}\n{\"text\":\"Goodbye\"}\n");
        assertThatThrownBy(() -> KnowledgeBase.read(file)).hasMessage(file + ", line 2: 'label' must be a text");
        Files.writeString(file, "{\"label\":\"hello\"}\n");
        assertThatThrownBy(() -> KnowledgeBase.read(file)).hasMessage(file + ", line 1: 'text' must be a text");
    }

    @Test
    void a_directory_without_the_corpus_is_refused() {
        IOException refusal = assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> Corpora.open(directory))
                .actual();
        assertThat(refusal.getMessage().contains("star")).isTrue();
    }

    @Test
    void conversation_files_are_text_or_dialogues() throws IOException {
        Path text = directory.resolve("text.txt");
        Files.writeString(text, "Hi\nHello\n\n\nBye\n");
        assertThat(ConversationFile.read(text)).isEqualTo(List.of(List.of("Hi", "Hello"), List.of("Bye")));
        Path dialogues = directory.resolve("some.jsonl.gz");
        Stars.gzip(dialogues, List.of(Stars.order("1")));
        assertThat(ConversationFile.read(dialogues).get(0).size()).isEqualTo(4);
        Path empty = directory.resolve("empty.txt");
        Files.writeString(empty, "\n");
        assertThatThrownBy(() -> ConversationFile.read(empty)).isInstanceOf(IOException.class);
    }
}
