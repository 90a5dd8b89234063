package io.replyloop.bert.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.bert.checkpoint.CheckpointFiles;
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
        return PairTokenizer.open(bert, CheckpointFiles.readConfig(bert), maxLength);
    }

    @Test
    void the_reply_is_the_second_segment() {
        try (PairTokenizer tokenizer = open(64)) {
            EncodedPair pair = tokenizer.pair(ids(10, 2), ids(20, 3));
            assertThat(pair.ids()).isEqualTo(new int[] {CLS, 10, 11, SEP, 20, 21, 22, SEP});
            int[] segments = new int[8];
            Arrays.setAll(segments, pair::segment);
            assertThat(segments).isEqualTo(new int[] {0, 0, 0, 0, 1, 1, 1, 1});
        }
    }

    @Test
    void segments_matter_to_the_network() {
        try (CrossEncoder encoder = CrossEncoder.open(bert, ReferenceLogitsTest.FP32)) {
            int[] ids = {CLS, 10, 11, SEP, 20, 21, SEP};
            float[] one =
                    encoder.logits(List.of(new EncodedPair(ids, new byte[7]))).get(0);
            float[] two = encoder.logits(List.of(new EncodedPair(ids, new byte[] {0, 0, 0, 0, 1, 1, 1})))
                    .get(0);
            assertThat(Arrays.equals(one, two)).isEqualTo(false);
        }
    }

    @Test
    void a_long_query_loses_its_beginning_so_that_the_newest_turn_survives() {
        try (PairTokenizer tokenizer = open(12)) {
            EncodedPair pair = tokenizer.pair(ids(100, 50), ids(20, 3));
            assertThat(pair.ids()).isEqualTo(new int[] {CLS, 144, 145, 146, 147, 148, 149, SEP, 20, 21, 22, SEP});
        }
    }

    @Test
    void a_long_reply_loses_its_end() {
        try (PairTokenizer tokenizer = open(12)) {
            EncodedPair pair = tokenizer.pair(ids(10, 2), ids(100, 50));
            assertThat(pair.ids()).isEqualTo(new int[] {CLS, 10, 11, SEP, 100, 101, 102, 103, 104, 105, 106, SEP});
        }
    }

    @Test
    void when_both_are_long_they_share_the_room() {
        try (PairTokenizer tokenizer = open(12)) {
            EncodedPair pair = tokenizer.pair(ids(10, 50), ids(100, 50));
            assertThat(pair.ids()).isEqualTo(new int[] {CLS, 55, 56, 57, 58, 59, SEP, 100, 101, 102, 103, SEP});
        }
    }

    @Test
    void empty_texts_make_a_pair() {
        try (PairTokenizer tokenizer = open(12)) {
            EncodedPair pair = tokenizer.pair(tokenizer.tokenize(""), tokenizer.tokenize(""));
            assertThat(pair.ids()).isEqualTo(new int[] {CLS, SEP, SEP});
        }
    }

    @Test
    void gpt2_reads_two_lines_and_the_end_of_the_text() {
        Path gpt = ReferenceCheckpoint.named("gpt2").directory();
        int newline = 199;
        int end = 0;
        try (PairTokenizer tokenizer = PairTokenizer.open(gpt, CheckpointFiles.readConfig(gpt), 8)) {
            assertThat(tokenizer.pair(ids(10, 2), ids(20, 3)).ids())
                    .isEqualTo(new int[] {10, 11, newline, 20, 21, 22, end});
            assertThat(tokenizer.pair(ids(100, 50), ids(20, 3)).ids())
                    .isEqualTo(new int[] {147, 148, 149, newline, 20, 21, 22, end});
            assertThat(tokenizer.pair(ids(10, 2), ids(100, 50)).ids())
                    .isEqualTo(new int[] {10, 11, newline, 100, 101, 102, 103, end});
        }
    }

    @Test
    void xlnet_ends_with_a_token_of_a_segment_of_its_own() {
        Path xlnet = ReferenceCheckpoint.named("xlnet").directory();
        int separator = 4;
        int last = 3;
        try (PairTokenizer tokenizer = PairTokenizer.open(xlnet, CheckpointFiles.readConfig(xlnet), 9)) {
            EncodedPair pair = tokenizer.pair(ids(100, 50), ids(20, 3));
            assertThat(pair.ids()).isEqualTo(new int[] {147, 148, 149, separator, 20, 21, 22, separator, last});
            int[] segments = new int[9];
            Arrays.setAll(segments, pair::segment);
            assertThat(segments).isEqualTo(new int[] {0, 0, 0, 0, 1, 1, 1, 1, 2});
            assertThat(tokenizer.pair(ids(10, 2), ids(100, 50)).ids())
                    .isEqualTo(new int[] {10, 11, separator, 100, 101, 102, 103, separator, last});
        }
    }

    @Test
    void a_plain_vocabulary_gives_the_ids_of_the_tokenizer_file(@TempDir Path folder) throws IOException {
        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(bert.resolve("tokenizer.json")));
        String[] tokens = new String[json.path("model").path("vocab").size()];
        json.path("model")
                .path("vocab")
                .properties()
                .forEach(entry -> tokens[entry.getValue().asInt()] = entry.getKey());
        Files.write(folder.resolve("vocab.txt"), Arrays.asList(tokens));
        try (PairTokenizer whole = open(64);
                PairTokenizer plain = PairTokenizer.open(folder, CheckpointFiles.readConfig(bert), 64)) {
            for (ReferenceCheckpoint.TextPair text : ReferenceCheckpoint.texts()) {
                assertThat(plain.tokenize(text.query())).as("%s", text.query()).isEqualTo(whole.tokenize(text.query()));
                assertThat(plain.pair(plain.tokenize(text.query()), plain.tokenize(text.reply())))
                        .isEqualTo(whole.pair(whole.tokenize(text.query()), whole.tokenize(text.reply())));
            }
        }
        assertThat(Collections.frequency(Arrays.asList(tokens), null)).isEqualTo(0);
    }
}
