package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
    void about_fifteen_in_a_hundred_words_are_asked_and_most_of_them_masked() throws Exception {
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
        assertThat((double) asked / tokens).isCloseTo(0.15, within(0.01));
        assertThat((double) masked / asked).isCloseTo(0.80, within(0.03));
        assertThat((double) kept / asked).isCloseTo(0.10, within(0.03));
    }

    @Test
    void a_word_is_masked_as_a_whole() throws Exception {
        for (MaskedSequence sequence : flat(text(0.3, 1).epoch(0, 1_000))) {
            int[] original = original(sequence);
            for (int i = 1; i < sequence.length(); i++) {
                if (vocabulary.tokens().get(original[i]).startsWith("##")) {
                    assertThat(sequence.targets()[i] == MaskedSequence.NOT_ASKED)
                            .as("half a word is asked for")
                            .isEqualTo(sequence.targets()[i - 1] == MaskedSequence.NOT_ASKED);
                }
            }
        }
    }

    @Test
    void every_turn_is_there_once_and_the_last_of_a_sequence_is_the_second_segment() throws Exception {
        MaskedText text = text(0.15, 1);
        long tokens = 0;
        for (MaskedSequence sequence : flat(text.epoch(3, 1_000))) {
            assertThat(sequence.length() <= MAX_LENGTH).isTrue();
            int[] original = original(sequence);
            assertThat(original[0]).isEqualTo(2);
            assertThat(original[original.length - 1]).isEqualTo(3);
            int separators = (int) Arrays.stream(original).filter(id -> id == 3).count();
            assertThat((int) sequence.segments()[sequence.length() - 1]).isEqualTo(separators - 1);
            tokens += sequence.length() - 1 - separators;
        }
        assertThat(tokens).isEqualTo(text.tokens());
    }

    @Test
    void an_epoch_follows_from_seed_and_number_alone() throws Exception {
        List<MaskedSequence> first = flat(text(0.15, 7).epoch(2, 500));
        List<MaskedSequence> again = flat(text(0.15, 7).epoch(2, 500));
        assertThat(again.size()).isEqualTo(first.size());
        for (int i = 0; i < first.size(); i++) {
            assertThat(again.get(i).ids()).isEqualTo(first.get(i).ids());
            assertThat(again.get(i).targets()).isEqualTo(first.get(i).targets());
        }
        assertThat(Arrays.toString(flat(text(0.15, 8).epoch(2, 500)).get(0).ids()))
                .isNotEqualTo(Arrays.toString(first.get(0).ids()));
        assertThat(Arrays.toString(flat(text(0.15, 7).epoch(3, 500)).get(0).ids()))
                .isNotEqualTo(Arrays.toString(first.get(0).ids()));
    }

    @Test
    void steps_go_from_epoch_to_epoch_and_back() throws Exception {
        MaskedText text = text(0.15, 1);
        List<List<MaskedSequence>> first = text.epoch(0, 200);
        List<List<MaskedSequence>> second = text.epoch(1, 200);
        IntFunction<List<MaskedSequence>> steps = text.steps(200);
        assertThat(steps.apply(first.size() + 2).get(0).ids())
                .isEqualTo(second.get(2).get(0).ids());
        assertThat(steps.apply(3).get(0).ids()).isEqualTo(first.get(3).get(0).ids());
    }

    @Test
    void a_batch_keeps_its_token_budget_when_padded() throws Exception {
        for (List<MaskedSequence> batch : text(0.15, 1).epoch(0, 200)) {
            int longest = batch.stream().mapToInt(MaskedSequence::length).max().orElseThrow();
            assertThat(batch.size() == 1 || longest * batch.size() <= 200).isTrue();
        }
    }

    @Test
    void a_turn_longer_than_a_sequence_is_cut_into_pieces() throws Exception {
        String endless = "order ".repeat(500);
        MaskedText text =
                MaskedText.of(List.of(List.of(endless)), checkpoint, new MaskedText.Options(MAX_LENGTH, 0.15, 0.15, 1));
        List<MaskedSequence> sequences = flat(text.epoch(0, 1_000));
        assertThat(sequences.stream().allMatch(sequence -> sequence.length() <= MAX_LENGTH))
                .isTrue();
        assertThat(sequences.stream().mapToLong(s -> s.length() - 2).sum()).isEqualTo(text.tokens());
    }

    @Test
    void empty_turns_are_no_sequences() throws Exception {
        MaskedText text = MaskedText.of(
                List.of(List.of(" "), List.of()), checkpoint, new MaskedText.Options(MAX_LENGTH, 0.15, 0.15, 1));
        assertThat(text.epoch(0, 100)).isEqualTo(List.of());
    }

    @Test
    void shares_outside_zero_and_one_are_refused() {
        assertThatThrownBy(() -> new MaskedText.Options(MAX_LENGTH, 0, 0.15, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MaskedText.Options(4, 0.15, 0.15, 1)).isInstanceOf(IllegalArgumentException.class);
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
