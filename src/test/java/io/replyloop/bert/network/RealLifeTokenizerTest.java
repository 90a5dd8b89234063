package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokenizers as they lie about in the world: with settings that are not ours, of old, or as a vocabulary alone. */
class RealLifeTokenizerTest extends CopiedCheckpoint {
    @Test
    void settings_of_the_tokenizer_that_cut_or_pad_are_not_ours() throws IOException {
        copy("bert-2labels");
        change("tokenizer.json", json -> {
            json.putObject("truncation")
                    .put("direction", "Right")
                    .put("max_length", 8)
                    .put("strategy", "LongestFirst")
                    .put("stride", 0);
            ObjectNode padding = json.putObject("padding");
            padding.put("direction", "Right")
                    .put("pad_id", 0)
                    .put("pad_type_id", 0)
                    .put("pad_token", "[PAD]");
            padding.putObject("strategy").put("Fixed", 32);
            padding.putNull("pad_to_multiple_of");
        });
        try (CrossEncoder plain = CrossEncoder.open(
                        ReferenceCheckpoint.named("bert-2labels").directory(), ReferenceLogitsTest.FP32);
                CrossEncoder cutting = CrossEncoder.open(folder, ReferenceLogitsTest.FP32)) {
            for (ReferenceCheckpoint.TextPair text : ReferenceCheckpoint.texts()) {
                assertThat(cutting.tokenize(text.query())).isEqualTo(plain.tokenize(text.query()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"roberta", "gpt2"})
    void an_old_checkpoint_brings_its_vocabulary_and_its_merges(String name) throws IOException {
        copy(name);
        JsonNode model = JSON.readTree(Files.readAllBytes(folder.resolve("tokenizer.json")))
                .path("model");
        Files.delete(folder.resolve("tokenizer.json"));
        Files.write(folder.resolve("vocab.json"), JSON.writeValueAsBytes(model.path("vocab")));
        assertRefused("merges.txt");
        StringBuilder merges = new StringBuilder("#version: 0.2\n");
        model.path("merges")
                .forEach(merge -> merges.append(merge.get(0).asText())
                        .append(' ')
                        .append(merge.get(1).asText())
                        .append('\n'));
        Files.writeString(folder.resolve("merges.txt"), merges);
        try (CrossEncoder whole =
                        CrossEncoder.open(ReferenceCheckpoint.named(name).directory(), ReferenceLogitsTest.FP32);
                CrossEncoder old = CrossEncoder.open(folder, ReferenceLogitsTest.FP32)) {
            for (ReferenceCheckpoint.TextPair text : ReferenceCheckpoint.texts()) {
                TokenIds query = whole.tokenize(text.query());
                TokenIds reply = whole.tokenize(text.reply());
                assertThat(old.tokenize(text.query())).as("%s", text.query()).isEqualTo(query);
                assertThat(old.pair(query, reply)).isEqualTo(whole.pair(query, reply));
            }
        }
    }

    @Test
    void a_vocabulary_alone_knows_case_and_words_added_later() throws IOException {
        copy("bert-2labels");
        List<String> vocabulary =
                new ArrayList<>(List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "Order", "order"));
        Files.delete(folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("vocab.txt"), String.join("\r\n", vocabulary), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("added_tokens.json"), "{\"[ORDER-ID]\": 7, \"[SEP]\": 3}");
        for (boolean lower : new boolean[] {true, false}) {
            Files.writeString(folder.resolve("tokenizer_config.json"), "{\"do_lower_case\": " + lower + "}");
            try (CrossEncoder encoder = CrossEncoder.open(folder, ReferenceLogitsTest.FP32)) {
                int order = lower ? 6 : 5;
                assertThat(encoder.tokenize("Order [ORDER-ID] unheard").toArray())
                        .as("%s", "lower case: " + lower)
                        .isEqualTo(new int[] {order, 7, 1});
            }
        }
    }

    @Test
    void texts_that_are_no_proper_unicode_are_tokenized() throws IOException {
        copy("bert-2labels");
        try (CrossEncoder encoder = CrossEncoder.open(folder, ReferenceLogitsTest.FP32)) {
            for (String text :
                    List.of("\ud83d", "order \ude00\ud83d?", "a\u0000b", "\uffff\ufffe", "\ud83d\ude00", "\u202e")) {
                EncodedPair pair = encoder.pair(encoder.tokenize(text), encoder.tokenize(text));
                assertThat(Float.isFinite(encoder.logits(List.of(pair)).get(0)[0]))
                        .isTrue();
            }
            assertThat(encoder.tokenize("a".repeat(1_000_000)).size() > 0).isTrue();
        }
    }

    @Test
    void a_gpt2_whose_tokenizer_puts_pairs_together_is_read_that_way() throws IOException {
        copy("gpt2");
        change(
                "tokenizer.json",
                json -> json.putObject("post_processor")
                        .put("type", "RobertaProcessing")
                        .put("trim_offsets", true)
                        .put("add_prefix_space", false)
                        .<ObjectNode>set(
                                "cls",
                                JSON.createArrayNode().add("<|endoftext|>").add(0))
                        .set("sep", JSON.createArrayNode().add("!").add(1)));
        try (CrossEncoder encoder = CrossEncoder.open(folder, ReferenceLogitsTest.FP32)) {
            int[] ids =
                    encoder.pair(encoder.tokenize("A"), encoder.tokenize("B")).ids();
            assertThat(ids).isEqualTo(new int[] {0, 33, 1, 1, 34, 1});
        }
    }
}
