package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.CheckpointDirectory;
import io.replyloop.bert.tokenizer.EncodedPair;
import io.replyloop.bert.tokenizer.TokenIds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network says of Python's checkpoints what Python's transformers says of them. */
public class ReferenceLogitsTest {
    public static final CrossEncoderOptions FP32 = new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-2labels",
                "bert-1label-gelu-new",
                "bert-relu-3labels",
                "roberta",
                "xlm-roberta",
                "distilbert",
                "electra",
                "gpt2",
                "xlnet",
                "bert-2labels-fp16",
                "bert-2labels-bf16-sharded"
            })
    void logits_equal_those_of_python(String name) {
        String reference = name.startsWith("bert-2labels") ? "bert-2labels" : name;
        // Rounded weights give rounded logits; the reference file is that of the unrounded ones.
        float tolerance = name.equals(reference) ? 1e-4f : 2e-3f;
        try (CrossEncoder encoder =
                CrossEncoder.open(ReferenceCheckpoint.named(name).directory(), FP32)) {
            List<float[]> logits =
                    encoder.logits(ReferenceCheckpoint.named(reference).pairs());
            List<ReferenceCheckpoint.Expected> expected =
                    ReferenceCheckpoint.named(reference).expected();
            assertThat(logits.size()).isEqualTo(32);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(logits.get(i))
                        .as("%s", "pair " + i)
                        .containsExactly(expected.get(i).logits(), within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-2labels",
                "bert-1label-gelu-new",
                "bert-relu-3labels",
                "roberta",
                "xlm-roberta",
                "distilbert",
                "electra",
                "gpt2",
                "xlnet"
            })
    void logits_stay_those_of_python_after_a_save_and_a_load(String name, @TempDir Path folder) throws IOException {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        Path out = folder.resolve("out");
        try (Checkpoint checkpoint = Checkpoint.openClassifier(reference.directory());
                Network network = Network.load(checkpoint, false, Device.cpu(), 0)) {
            CheckpointDirectory.write(
                    out, checkpoint.config(), false, network.weights(checkpoint.slots()), reference.directory());
        }
        try (CrossEncoder encoder = CrossEncoder.open(out, FP32)) {
            List<float[]> logits = encoder.logits(reference.pairs());
            for (int i = 0; i < logits.size(); i++) {
                assertThat(logits.get(i))
                        .as("%s", "pair " + i)
                        .containsExactly(reference.expected().get(i).logits(), within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-2labels",
                "bert-1label-gelu-new",
                "roberta",
                "xlm-roberta",
                "distilbert",
                "electra",
                "gpt2",
                "xlnet"
            })
    void pairs_that_fit_are_tokenized_as_in_python(String name) {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        List<ReferenceCheckpoint.TextPair> texts = ReferenceCheckpoint.texts();
        int specials = name.contains("roberta") ? 4 : name.equals("gpt2") ? 2 : 3;
        // Python read 64 tokens at most, whatever the family can.
        CrossEncoderOptions options = new CrossEncoderOptions(Precision.FP32, "cpu", 64, 1);
        try (CrossEncoder encoder = CrossEncoder.open(reference.directory(), options)) {
            int compared = 0;
            for (int i = 0; i < texts.size(); i++) {
                TokenIds query = encoder.tokenize(texts.get(i).query());
                TokenIds reply = encoder.tokenize(texts.get(i).reply());
                EncodedPair pair = encoder.pair(query, reply);
                if (query.size() + reply.size() + specials <= encoder.info().maxLength()) {
                    assertThat(pair.ids())
                            .as("%s", "pair " + i)
                            .isEqualTo(reference.expected().get(i).ids());
                    compared++;
                }
            }
            assertThat(compared >= 10)
                    .as("%s", "only " + compared + " pairs fit")
                    .isEqualTo(true);
        }
    }
}
