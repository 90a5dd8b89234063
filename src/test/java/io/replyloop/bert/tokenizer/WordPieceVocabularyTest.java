package io.replyloop.bert.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordPieceVocabularyTest {

    private static final List<String> TEXTS = List.of(
            "Where is my order?",
            "Your order was delivered yesterday.",
            "The order is delayed; the delivery has been moved.",
            "我的订单在哪里？",
            "订单已经送到了。",
            "Crème brûlée, naïve café",
            "Kostet 12,50\u00A0€ — wirklich?");

    @Test
    void words_are_split_as_bert_does() {
        assertThat(words("Crème\tBrûlée, CAFÉ!\u0000")).isEqualTo(List.of("creme", "brulee", ",", "cafe", "!"));
        assertThat(words("我的iPhone坏了。")).isEqualTo(List.of("我", "的", "iphone", "坏", "了", "。"));
        assertThat(words("a_b $5~")).isEqualTo(List.of("a", "_", "b", "$", "5", "~"));
        assertThat(words("a\u200Bb")).isEqualTo(List.of("ab"));
        assertThat(words(" \n\u00A0")).isEqualTo(List.of());
    }

    @Test
    void the_most_frequent_pair_is_merged_first() {
        // "##a##b" appears 3 times, "x##a" twice, "y##a" once.
        List<String> learned = WordPieceVocabulary.learn(List.of("xab xab yab").iterator(), 11, 1, List.of())
                .tokens();
        assertThat(learned)
                .isEqualTo(
                        List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "##a", "##b", "x", "y", "##ab", "xab"));
    }

    @Test
    void repeated_letters_inside_a_word_are_merged_without_losing_count() {
        List<String> learned = WordPieceVocabulary.learn(
                        List.of("baaaa baaaa baaaa").iterator(), 20, 1, List.of())
                .tokens();
        assertThat(learned.contains("baaaa")).as("%s", learned.toString()).isTrue();
    }

    @Test
    void rare_characters_are_left_out_unless_asked_for() {
        assertThat(WordPieceVocabulary.learn(List.of("a a 单").iterator(), 100, 2, List.of("订"))
                        .tokens())
                .isEqualTo(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "订", "a"));
    }

    @Test
    void the_same_text_gives_the_same_vocabulary() {
        List<String> reversed = new ArrayList<>(TEXTS);
        Collections.reverse(reversed);
        assertThat(WordPieceVocabulary.learn(reversed.iterator(), 120, 1, List.of()))
                .isEqualTo(WordPieceVocabulary.learn(TEXTS.iterator(), 120, 1, List.of()));
    }

    @Test
    void a_vocabulary_smaller_than_its_alphabet_is_refused() {
        IllegalArgumentException refusal = assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> WordPieceVocabulary.learn(TEXTS.iterator(), 10, 1, List.of()))
                .actual();
        assertThat(refusal.getMessage().contains("ask for more")).isTrue();
    }

    @Test
    void common_chinese_characters_are_those_of_the_national_standard() {
        List<String> characters = WordPieceVocabulary.commonChineseCharacters();
        assertThat(new HashSet<>(characters).size()).isEqualTo(3755);
        assertThat(characters.get(0)).isEqualTo("啊");
        assertThat(characters.get(3754)).isEqualTo("座");
        assertThat(characters.stream().allMatch(character -> BertWords.isChinese(character.codePointAt(0))))
                .isTrue();
    }

    @Test
    void the_tokenizer_that_reads_the_files_splits_the_text_without_unknowns(@TempDir Path directory) throws Exception {
        WordPieceVocabulary vocabulary = WordPieceVocabulary.learn(TEXTS.iterator(), 150, 1, List.of());
        vocabulary.write(directory, 128);
        assertThat(Files.readAllLines(directory.resolve("vocab.txt"))).isEqualTo(vocabulary.tokens());
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(directory)) {
            for (String text : TEXTS) {
                Encoding encoding = tokenizer.encode(text);
                String[] tokens = encoding.getTokens();
                assertThat(tokens[0]).isEqualTo("[CLS]");
                assertThat(tokens[tokens.length - 1]).isEqualTo("[SEP]");
                long[] ids = Arrays.stream(tokens)
                        .mapToLong(vocabulary.tokens()::indexOf)
                        .toArray();
                assertThat(encoding.getIds()).isEqualTo(ids);
                String joined = String.join("", Arrays.copyOfRange(tokens, 1, tokens.length - 1));
                assertThat(joined.replace("##", "")).isEqualTo(String.join("", words(text)));
            }
            Encoding pair = tokenizer.encode("order", "delivered");
            assertThat(pair.getTokens()[pair.getTokens().length - 1]).isEqualTo("[SEP]");
            assertThat(pair.getTypeIds()[pair.getTypeIds().length - 1]).isEqualTo(1);
        }
    }

    @Test
    void megabytes_of_text_are_learned_in_seconds() {
        // Zipf-like synthetic words: about 2 MB, 8,000 tokens.
        SplittableRandom random = new SplittableRandom(1);
        List<String> lines = new ArrayList<>();
        for (int line = 0; line < 30_000; line++) {
            StringBuilder text = new StringBuilder();
            for (int word = 0; word < 12; word++) {
                int rank = (int) Math.pow(20_000, random.nextDouble());
                text.append(Integer.toString(rank * 7919, 26)).append(' ');
            }
            lines.add(text.toString());
        }
        long start = System.nanoTime();
        WordPieceVocabulary vocabulary = WordPieceVocabulary.learn(lines.iterator(), 8_000, 2, List.of());
        assertThat(vocabulary.size()).isEqualTo(8_000);
        assertThat(System.nanoTime() - start < 20e9).as("took more than 20 s").isTrue();
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        BertWords.split(text, words::add);
        return words;
    }
}
