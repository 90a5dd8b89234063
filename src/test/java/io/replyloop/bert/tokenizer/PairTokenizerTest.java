package io.replyloop.bert.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.ReferenceLogitsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a query and a reply become one sequence. */
class PairTokenizerTest {
    private static final int CLS = 2;
    private static final int SEP = 3;

    private final Path bert = ReferenceCheckpoint.named("bert-2labels").directory();

    private static TokenIds ids(int from, int count) {
        int[] ids = new int[count];
        Arrays.setAll(ids, i -> from + i);
        return new TokenIds(ids);
    }

    private PairTokenizer open(int maxLength) {
        return PairTokenizer.open(bert, Checkpoint.readConfig(bert), maxLength);
    }

    @Test
    void theReplyIsTheSecondSegment() {
        try (PairTokenizer tokenizer = open(64)) {
            EncodedPair pair = tokenizer.pair(ids(10, 2), ids(20, 3));
            assertArrayEquals(new int[] {CLS, 10, 11, SEP, 20, 21, 22, SEP}, pair.ids());
            int[] segments = new int[8];
            Arrays.setAll(segments, pair::segment);
            assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 1}, segments);
        }
    }

    @Test
    void segmentsMatterToTheNetwork() {
        try (CrossEncoder encoder = CrossEncoder.open(bert, ReferenceLogitsTest.FP32)) {
            int[] ids = {CLS, 10, 11, SEP, 20, 21, SEP};
            float[] one =
                    encoder.logits(List.of(new EncodedPair(ids, new byte[7]))).get(0);
            float[] two = encoder.logits(List.of(new EncodedPair(ids, new byte[] {0, 0, 0, 0, 1, 1, 1})))
                    .get(0);
            assertEquals(false, Arrays.equals(one, two));
        }
    }

    @Test
    void aLongQueryLosesItsBeginningSoThatTheNewestTurnSurvives() {
        try (PairTokenizer tokenizer = open(12)) {
            EncodedPair pair = tokenizer.pair(ids(100, 50), ids(20, 3));
            assertArrayEquals(new int[] {CLS, 144, 145, 146, 147, 148, 149, SEP, 20, 21, 22, SEP}, pair.ids());
        }
    }

    @Test
    void aLongReplyLosesItsEnd() {
        try (PairTokenizer tokenizer = open(12)) {
            EncodedPair pair = tokenizer.pair(ids(10, 2), ids(100, 50));
            assertArrayEquals(new int[] {CLS, 10, 11, SEP, 100, 101, 102, 103, 104, 105, 106, SEP}, pair.ids());
        }
    }

    @Test
    void whenBothAreLongTheyShareTheRoom() {
        try (PairTokenizer tokenizer = open(12)) {
            EncodedPair pair = tokenizer.pair(ids(10, 50), ids(100, 50));
            assertArrayEquals(new int[] {CLS, 55, 56, 57, 58, 59, SEP, 100, 101, 102, 103, SEP}, pair.ids());
        }
    }

    @Test
    void emptyTextsMakeAPair() {
        try (PairTokenizer tokenizer = open(12)) {
            EncodedPair pair = tokenizer.pair(tokenizer.tokenize(""), tokenizer.tokenize(""));
            assertArrayEquals(new int[] {CLS, SEP, SEP}, pair.ids());
        }
    }

    @Test
    void gpt2ReadsTwoLinesAndTheEndOfTheText() {
        Path gpt = ReferenceCheckpoint.named("gpt2").directory();
        int newline = 199;
        int end = 0;
        try (PairTokenizer tokenizer = PairTokenizer.open(gpt, Checkpoint.readConfig(gpt), 8)) {
            assertArrayEquals(
                    new int[] {10, 11, newline, 20, 21, 22, end},
                    tokenizer.pair(ids(10, 2), ids(20, 3)).ids());
            assertArrayEquals(
                    new int[] {147, 148, 149, newline, 20, 21, 22, end},
                    tokenizer.pair(ids(100, 50), ids(20, 3)).ids());
            assertArrayEquals(
                    new int[] {10, 11, newline, 100, 101, 102, 103, end},
                    tokenizer.pair(ids(10, 2), ids(100, 50)).ids());
        }
    }

    @Test
    void xlnetEndsWithATokenOfASegmentOfItsOwn() {
        Path xlnet = ReferenceCheckpoint.named("xlnet").directory();
        int separator = 4;
        int last = 3;
        try (PairTokenizer tokenizer = PairTokenizer.open(xlnet, Checkpoint.readConfig(xlnet), 9)) {
            EncodedPair pair = tokenizer.pair(ids(100, 50), ids(20, 3));
            assertArrayEquals(new int[] {147, 148, 149, separator, 20, 21, 22, separator, last}, pair.ids());
            int[] segments = new int[9];
            Arrays.setAll(segments, pair::segment);
            assertArrayEquals(new int[] {0, 0, 0, 0, 1, 1, 1, 1, 2}, segments);
            assertArrayEquals(
                    new int[] {10, 11, separator, 100, 101, 102, 103, separator, last},
                    tokenizer.pair(ids(10, 2), ids(100, 50)).ids());
        }
    }

    @Test
    void aPlainVocabularyGivesTheIdsOfTheTokenizerFile(@TempDir Path folder) throws IOException {
        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(bert.resolve("tokenizer.json")));
        String[] tokens = new String[json.path("model").path("vocab").size()];
        json.path("model")
                .path("vocab")
                .properties()
                .forEach(entry -> tokens[entry.getValue().asInt()] = entry.getKey());
        Files.write(folder.resolve("vocab.txt"), Arrays.asList(tokens));
        try (PairTokenizer whole = open(64);
                PairTokenizer plain = PairTokenizer.open(folder, Checkpoint.readConfig(bert), 64)) {
            for (ReferenceCheckpoint.TextPair text : ReferenceCheckpoint.texts()) {
                assertEquals(whole.tokenize(text.query()), plain.tokenize(text.query()), text.query());
                assertEquals(
                        whole.pair(whole.tokenize(text.query()), whole.tokenize(text.reply())),
                        plain.pair(plain.tokenize(text.query()), plain.tokenize(text.reply())));
            }
        }
        assertEquals(0, Collections.frequency(Arrays.asList(tokens), null));
    }
}
