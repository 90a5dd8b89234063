package io.replyloop.bert.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.bert.tokenizer.WordPieceVocabulary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskedTextTest {

    private static final int MAX_LENGTH = 40;
    private static final List<List<String>> CONVERSATIONS = conversations();

    @TempDir
    static Path checkpoint;

    private static WordPieceVocabulary vocabulary;

    @BeforeAll
    static void learnVocabulary() throws Exception {
        vocabulary = WordPieceVocabulary.learn(
                CONVERSATIONS.stream().flatMap(List::stream).iterator(), 60, 1, List.of());
        vocabulary.write(checkpoint, MAX_LENGTH);
    }

    @Test
    void aboutFifteenInAHundredWordsAreAskedAndMostOfThemMasked() throws Exception {
        int tokens = 0;
        int asked = 0;
        int masked = 0;
        int kept = 0;
        for (MaskedSequence sequence : flat(text(0.15, 1).epoch(0, 1_000))) {
            for (int i = 0; i < sequence.length(); i++) {
                if (sequence.ids()[i] == 2 || sequence.ids()[i] == 3) {
                    continue;
                }
                tokens++;
                if (sequence.targets()[i] != MaskedSequence.NOT_ASKED) {
                    asked++;
                    masked += sequence.ids()[i] == 4 ? 1 : 0;
                    kept += sequence.ids()[i] == sequence.targets()[i] ? 1 : 0;
                }
            }
        }
        assertEquals(0.15, (double) asked / tokens, 0.01);
        assertEquals(0.80, (double) masked / asked, 0.03);
        assertEquals(0.10, (double) kept / asked, 0.03);
    }

    @Test
    void aWordIsMaskedAsAWhole() throws Exception {
        for (MaskedSequence sequence : flat(text(0.3, 1).epoch(0, 1_000))) {
            int[] original = original(sequence);
            for (int i = 1; i < sequence.length(); i++) {
                if (vocabulary.tokens().get(original[i]).startsWith("##")) {
                    assertEquals(
                            sequence.targets()[i - 1] == MaskedSequence.NOT_ASKED,
                            sequence.targets()[i] == MaskedSequence.NOT_ASKED,
                            "half a word is asked for");
                }
            }
        }
    }

    @Test
    void everyTurnIsThereOnceAndTheLastOfASequenceIsTheSecondSegment() throws Exception {
        MaskedText text = text(0.15, 1);
        long tokens = 0;
        for (MaskedSequence sequence : flat(text.epoch(3, 1_000))) {
            assertTrue(sequence.length() <= MAX_LENGTH);
            int[] original = original(sequence);
            assertEquals(2, original[0]);
            assertEquals(3, original[original.length - 1]);
            int separators = (int) Arrays.stream(original).filter(id -> id == 3).count();
            assertEquals(separators - 1, sequence.segments()[sequence.length() - 1]);
            tokens += sequence.length() - 1 - separators;
        }
        assertEquals(text.tokens(), tokens);
    }

    @Test
    void anEpochFollowsFromSeedAndNumberAlone() throws Exception {
        List<MaskedSequence> first = flat(text(0.15, 7).epoch(2, 500));
        List<MaskedSequence> again = flat(text(0.15, 7).epoch(2, 500));
        assertEquals(first.size(), again.size());
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i).ids(), again.get(i).ids());
            assertArrayEquals(first.get(i).targets(), again.get(i).targets());
        }
        assertNotEquals(
                Arrays.toString(first.get(0).ids()),
                Arrays.toString(flat(text(0.15, 8).epoch(2, 500)).get(0).ids()));
        assertNotEquals(
                Arrays.toString(first.get(0).ids()),
                Arrays.toString(flat(text(0.15, 7).epoch(3, 500)).get(0).ids()));
    }

    @Test
    void stepsGoFromEpochToEpochAndBack() throws Exception {
        MaskedText text = text(0.15, 1);
        List<List<MaskedSequence>> first = text.epoch(0, 200);
        List<List<MaskedSequence>> second = text.epoch(1, 200);
        IntFunction<List<MaskedSequence>> steps = text.steps(200);
        assertArrayEquals(
                second.get(2).get(0).ids(), steps.apply(first.size() + 2).get(0).ids());
        assertArrayEquals(first.get(3).get(0).ids(), steps.apply(3).get(0).ids());
    }

    @Test
    void aBatchKeepsItsTokenBudgetWhenPadded() throws Exception {
        for (List<MaskedSequence> batch : text(0.15, 1).epoch(0, 200)) {
            int longest = batch.stream().mapToInt(MaskedSequence::length).max().orElseThrow();
            assertTrue(batch.size() == 1 || longest * batch.size() <= 200);
        }
    }

    @Test
    void aTurnLongerThanASequenceIsCutIntoPieces() throws Exception {
        String endless = "order ".repeat(500);
        MaskedText text =
                MaskedText.of(List.of(List.of(endless)), checkpoint, new MaskedText.Options(MAX_LENGTH, 0.15, 0.15, 1));
        List<MaskedSequence> sequences = flat(text.epoch(0, 1_000));
        assertTrue(sequences.stream().allMatch(sequence -> sequence.length() <= MAX_LENGTH));
        assertEquals(
                text.tokens(), sequences.stream().mapToLong(s -> s.length() - 2).sum());
    }

    @Test
    void emptyTurnsAreNoSequences() throws Exception {
        MaskedText text = MaskedText.of(
                List.of(List.of(" "), List.of()), checkpoint, new MaskedText.Options(MAX_LENGTH, 0.15, 0.15, 1));
        assertEquals(List.of(), text.epoch(0, 100));
    }

    @Test
    void sharesOutsideZeroAndOneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new MaskedText.Options(MAX_LENGTH, 0, 0.15, 1));
        assertThrows(IllegalArgumentException.class, () -> new MaskedText.Options(4, 0.15, 0.15, 1));
    }

    private static MaskedText text(double share, long seed) throws Exception {
        return MaskedText.of(CONVERSATIONS, checkpoint, new MaskedText.Options(MAX_LENGTH, share, share, seed));
    }

    private static int[] original(MaskedSequence sequence) {
        return IntStream.range(0, sequence.length())
                .map(i -> sequence.targets()[i] == MaskedSequence.NOT_ASKED ? sequence.ids()[i] : sequence.targets()[i])
                .toArray();
    }

    private static List<MaskedSequence> flat(List<List<MaskedSequence>> batches) {
        return batches.stream().flatMap(List::stream).toList();
    }

    private static List<List<String>> conversations() {
        List<String> words = List.of("where", "is", "my", "order", "it", "was", "delivered", "yesterday", "thanks");
        Random random = new Random(5);
        List<List<String>> conversations = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            List<String> turns = new ArrayList<>();
            for (int turn = random.nextInt(6); turn >= 0; turn--) {
                StringBuilder text = new StringBuilder();
                for (int word = random.nextInt(8); word >= 0; word--) {
                    text.append(words.get(random.nextInt(words.size()))).append(' ');
                }
                turns.add(text.toString());
            }
            conversations.add(turns);
        }
        return conversations;
    }
}
