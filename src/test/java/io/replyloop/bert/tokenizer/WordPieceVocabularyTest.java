package io.replyloop.bert.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
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
    void wordsAreSplitAsBertDoes() {
        assertEquals(List.of("creme", "brulee", ",", "cafe", "!"), words("Crème\tBrûlée, CAFÉ!\u0000"));
        assertEquals(List.of("我", "的", "iphone", "坏", "了", "。"), words("我的iPhone坏了。"));
        assertEquals(List.of("a", "_", "b", "$", "5", "~"), words("a_b $5~"));
        assertEquals(List.of("ab"), words("a\u200Bb"));
        assertEquals(List.of(), words(" \n\u00A0"));
    }

    @Test
    void theMostFrequentPairIsMergedFirst() {
        // "##a##b" appears 3 times, "x##a" twice, "y##a" once.
        List<String> learned = WordPieceVocabulary.learn(List.of("xab xab yab").iterator(), 11, 1, List.of())
                .tokens();
        assertEquals(
                List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "##a", "##b", "x", "y", "##ab", "xab"), learned);
    }

    @Test
    void repeatedLettersInsideAWordAreMergedWithoutLosingCount() {
        List<String> learned = WordPieceVocabulary.learn(
                        List.of("baaaa baaaa baaaa").iterator(), 20, 1, List.of())
                .tokens();
        assertTrue(learned.contains("baaaa"), learned.toString());
    }

    @Test
    void rareCharactersAreLeftOutUnlessAskedFor() {
        assertEquals(
                List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "订", "a"),
                WordPieceVocabulary.learn(List.of("a a 单").iterator(), 100, 2, List.of("订"))
                        .tokens());
    }

    @Test
    void theSameTextGivesTheSameVocabulary() {
        List<String> reversed = new ArrayList<>(TEXTS);
        java.util.Collections.reverse(reversed);
        assertEquals(
                WordPieceVocabulary.learn(TEXTS.iterator(), 120, 1, List.of()),
                WordPieceVocabulary.learn(reversed.iterator(), 120, 1, List.of()));
    }

    @Test
    void aVocabularySmallerThanItsAlphabetIsRefused() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> WordPieceVocabulary.learn(TEXTS.iterator(), 10, 1, List.of()));
        assertTrue(refusal.getMessage().contains("ask for more"));
    }

    @Test
    void commonChineseCharactersAreThoseOfTheNationalStandard() {
        List<String> characters = WordPieceVocabulary.commonChineseCharacters();
        assertEquals(3755, new HashSet<>(characters).size());
        assertEquals("啊", characters.get(0));
        assertEquals("座", characters.get(3754));
        assertTrue(characters.stream().allMatch(character -> BertWords.isChinese(character.codePointAt(0))));
    }

    @Test
    void theTokenizerThatReadsTheFilesSplitsTheTextWithoutUnknowns(@TempDir Path directory) throws Exception {
        WordPieceVocabulary vocabulary = WordPieceVocabulary.learn(TEXTS.iterator(), 150, 1, List.of());
        vocabulary.write(directory, 128);
        assertEquals(vocabulary.tokens(), Files.readAllLines(directory.resolve("vocab.txt")));
        try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(directory)) {
            for (String text : TEXTS) {
                Encoding encoding = tokenizer.encode(text);
                String[] tokens = encoding.getTokens();
                assertEquals("[CLS]", tokens[0]);
                assertEquals("[SEP]", tokens[tokens.length - 1]);
                long[] ids = Arrays.stream(tokens)
                        .mapToLong(vocabulary.tokens()::indexOf)
                        .toArray();
                assertArrayEquals(ids, encoding.getIds());
                String joined = String.join("", Arrays.copyOfRange(tokens, 1, tokens.length - 1));
                assertEquals(String.join("", words(text)), joined.replace("##", ""));
            }
            Encoding pair = tokenizer.encode("order", "delivered");
            assertEquals("[SEP]", pair.getTokens()[pair.getTokens().length - 1]);
            assertEquals(1, pair.getTypeIds()[pair.getTypeIds().length - 1]);
        }
    }

    @Test
    void megabytesOfTextAreLearnedInSeconds() {
        // Zipf-like synthetic words: about 2 MB, 8,000 tokens.
        java.util.SplittableRandom random = new java.util.SplittableRandom(1);
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
        assertEquals(8_000, vocabulary.size());
        assertTrue(System.nanoTime() - start < 20e9, "took more than 20 s");
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        BertWords.split(text, words::add);
        return words;
    }
}
