package io.replyloop.lab.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void searchesOfTheAgentAreNoTurns() throws IOException {
        Dialogue dialogue = Corpora.open(Stars.write(directory)).dev().get(0);
        assertEquals(4, dialogue.turns().size());
        assertEquals("hello", dialogue.turns().get(1).picked());
        assertEquals(List.of("order"), dialogue.tasks());
    }

    @Test
    void aPickSeesWhatWasSaidBeforeItAndNothingElse() throws IOException {
        List<Pick> picks = Pick.of(Corpora.open(Stars.write(directory)).dev(), 2);
        assertEquals(4, picks.size());
        assertEquals("- Hi", picks.get(0).query());
        assertEquals(
                "> Hello, how can I help?\n- Where is my parcel?", picks.get(1).query());
        assertEquals(
                "Hi\nHello, how can I help?\nWhere is my parcel?", picks.get(1).lastTurns());
        assertEquals("Where is my parcel?", picks.get(1).burst());
        assertEquals("where", picks.get(1).label());
    }

    @Test
    void theOwnDevPartIsASliceOfTheTrainingPart() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory));
        assertEquals(2, corpora.ownDev().size());
        Set<Dialogue> all = new HashSet<>(corpora.train());
        assertEquals(38, all.size());
        assertFalse(all.removeAll(corpora.ownDev()));
    }

    @Test
    void tasksCanBeLeftOutAndLookedAtAlone() throws IOException {
        List<Dialogue> train = Corpora.open(Stars.write(directory)).train();
        assertTrue(Corpora.without(train, Set.of("order")).stream()
                .allMatch(dialogue -> dialogue.tasks().contains("invoice")));
        assertEquals(
                train.size(),
                Corpora.without(train, Set.of("order")).size()
                        + Corpora.only(train, Set.of("order")).size());
    }

    @Test
    void pretrainingTextHasNoWordOfTheDevPart() throws IOException {
        Stars.write(directory);
        Stars.gzip(
                directory.resolve("star/dev.jsonl.gz"),
                List.of(Stars.order("dev").replace("Where is my parcel?", "Secret")));
        assertTrue(Corpora.open(directory).text(Set.of()).stream()
                .anyMatch(turns -> turns.contains("- Where is my parcel?")));
        assertTrue(Corpora.open(directory).text(Set.of()).stream().noneMatch(turns -> turns.contains("- Secret")));
    }

    @Test
    void aBrokenLineIsNamed() throws IOException {
        Path file = directory.resolve("broken.jsonl");
        Files.writeString(file, Stars.order("1") + "\n\n{\"id\":\"2\"}\n");
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Dialogue.read(file));
        assertTrue(refusal.getMessage().contains("line 3"), refusal.getMessage());
    }

    @Test
    void aDirectoryWithoutTheCorpusIsRefused() {
        IOException refusal = assertThrows(IOException.class, () -> Corpora.open(directory));
        assertTrue(refusal.getMessage().contains("star"));
    }

    @Test
    void conversationFilesAreTextOrDialogues() throws IOException {
        Path text = directory.resolve("text.txt");
        Files.writeString(text, "Hi\nHello\n\n\nBye\n");
        assertEquals(List.of(List.of("Hi", "Hello"), List.of("Bye")), ConversationFile.read(text));
        Path dialogues = directory.resolve("some.jsonl.gz");
        Stars.gzip(dialogues, List.of(Stars.order("1")));
        assertEquals(4, ConversationFile.read(dialogues).get(0).size());
        Path empty = directory.resolve("empty.txt");
        Files.writeString(empty, "\n");
        assertThrows(IOException.class, () -> ConversationFile.read(empty));
    }
}
