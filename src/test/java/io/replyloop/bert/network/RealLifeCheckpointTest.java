package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.training.FineTuner;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.TrainingExample;
import io.replyloop.bert.training.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints as they lie about in the world: more in them, less in them, older, or not quite what they say. */
class RealLifeCheckpointTest extends CopiedCheckpoint {
    private List<SafetensorsWriter.Tensor> tensors() {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("model.safetensors"))) {
            List<SafetensorsWriter.Tensor> tensors = new ArrayList<>();
            file.entries().forEach((name, entry) -> {
                float[] values = new float[Math.toIntExact(entry.count())];
                file.readFloats(entry).asFloatBuffer().get(values);
                tensors.add(new SafetensorsWriter.Tensor(name, entry.shape(), values));
            });
            return tensors;
        }
    }

    private void write(List<SafetensorsWriter.Tensor> tensors) throws IOException {
        Files.delete(folder.resolve("model.safetensors"));
        SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors);
    }

    private static SafetensorsWriter.Tensor stray(String name, long... shape) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        return new SafetensorsWriter.Tensor(name, shape, new float[count]);
    }

    private void assertGivesReferenceLogits(String name) {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        try (CrossEncoder encoder = CrossEncoder.open(folder, ReferenceLogitsTest.FP32)) {
            List<float[]> logits = encoder.logits(reference.pairs());
            for (int i = 0; i < logits.size(); i++) {
                assertThat(logits.get(i))
                        .as("%s", "pair " + i)
                        .containsExactly(reference.expected().get(i).logits(), within(1e-4f));
            }
        }
    }

    @Test
    void heads_and_buffers_of_other_tasks_are_left_alone() throws IOException {
        copy("bert-2labels");
        List<SafetensorsWriter.Tensor> tensors = tensors();
        tensors.add(stray("cls.predictions.bias", 254));
        tensors.add(stray("cls.predictions.decoder.weight", 254, 80));
        tensors.add(stray("cls.seq_relationship.weight", 2, 80));
        tensors.add(stray("qa_outputs.weight", 2, 80));
        tensors.add(stray("something.entirely.else", 3));
        write(tensors);
        addPositionIds();
        assertGivesReferenceLogits("bert-2labels");
    }

    /** Older versions of transformers saved this buffer, in whole numbers. */
    private void addPositionIds() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        ObjectNode header = (ObjectNode) JSON.readTree(Arrays.copyOfRange(bytes, 8, 8 + length));
        int data = bytes.length - 8 - length;
        ObjectNode ids = header.putObject("bert.embeddings.position_ids").put("dtype", "I64");
        ids.putArray("shape").add(1).add(4);
        ids.putArray("data_offsets").add(data).add(data + 32);
        byte[] text = JSON.writeValueAsBytes(header);
        ByteBuffer whole = ByteBuffer.allocate(8 + text.length + data + 32).order(ByteOrder.LITTLE_ENDIAN);
        whole.putLong(text.length).put(text).put(bytes, 8 + length, data);
        Files.write(file, whole.array());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bert-2labels",
                "bert-1label-gelu-new",
                "roberta",
                "distilbert",
                "electra",
                "xlm-roberta",
                "gpt2",
                "xlnet"
            })
    void a_configuration_with_only_what_matters_is_enough(String name) throws IOException {
        copy(name);
        changeConfig(config -> {
            int labels = config.path("id2label").isObject()
                    ? config.path("id2label").size()
                    : config.path("num_labels").asInt(2);
            config.retain(
                    "model_type",
                    "vocab_size",
                    "hidden_size",
                    "dim",
                    "num_hidden_layers",
                    "n_layers",
                    "num_attention_heads",
                    "n_heads",
                    "intermediate_size",
                    "hidden_dim",
                    "max_position_embeddings",
                    "type_vocab_size",
                    "layer_norm_eps",
                    "embedding_size",
                    "hidden_act",
                    "pad_token_id",
                    "n_embd",
                    "n_layer",
                    "n_head",
                    "n_positions",
                    "d_model",
                    "d_inner");
            config.put("num_labels", labels);
        });
        assertGivesReferenceLogits(name);
    }

    @Test
    void what_is_null_has_its_usual_value() throws IOException {
        copy("bert-2labels");
        changeConfig(config -> {
            config.putNull("classifier_dropout").putNull("problem_type").putNull("position_embedding_type");
            config.putNull("pruned_heads")
                    .putNull("auto_map")
                    .putNull("pad_token_id")
                    .putNull("torch_dtype");
        });
        assertGivesReferenceLogits("bert-2labels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"roberta", "gpt2", "xlnet"})
    void names_without_the_familys_prefix_are_understood(String name) throws IOException {
        copy(name);
        write(tensors().stream()
                .map(tensor -> new SafetensorsWriter.Tensor(
                        tensor.name().replaceFirst("^(roberta|transformer)\\.", ""), tensor.shape(), tensor.values()))
                .toList());
        assertGivesReferenceLogits(name);
    }

    @ParameterizedTest
    @CsvSource({"gpt2, lm_head.weight h.0.attn.bias h.1.attn.masked_bias", "xlnet, lm_loss.weight lm_loss.bias"})
    void what_language_models_have_besides_is_left_alone(String name, String besides) throws IOException {
        copy(name);
        List<SafetensorsWriter.Tensor> tensors = tensors();
        for (String tensor : besides.split(" ")) {
            tensors.add(stray(tensor, 1, 1, 64));
        }
        write(tensors);
        assertGivesReferenceLogits(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-2labels", "roberta", "xlm-roberta", "distilbert", "electra", "gpt2", "xlnet"})
    void an_encoder_alone_is_fine_tuned_into_the_whole_set_of_tensors(String name) throws IOException {
        copy(name);
        write(tensors().stream()
                .filter(tensor -> !tensor.name()
                        .matches("(classifier|pre_classifier|bert\\.pooler|score|sequence_summary|logits_proj)\\..*"))
                .toList());
        Path out = folder.resolve("out");
        TrainingExample example = new TrainingExample("Where is my order?", "It left.", 1, null);
        FineTuner.run(
                folder,
                List.of(example),
                List.of(),
                out,
                FineTuningOptions.defaults().toBuilder()
                        .epochs(1)
                        .precision(Precision.FP32)
                        .device("cpu")
                        .threads(1)
                        .build(),
                new TrainingListener() {});
        Path reference = ReferenceCheckpoint.named(name).directory().resolve("model.safetensors");
        try (SafetensorsFile expected = SafetensorsFile.open(reference);
                SafetensorsFile written = SafetensorsFile.open(out.resolve("model.safetensors"))) {
            assertThat(written.entries().keySet()).isEqualTo(expected.entries().keySet());
            expected.entries()
                    .forEach((tensor, entry) -> assertThat(
                                    written.entries().get(tensor).shape())
                            .as("%s", tensor)
                            .isEqualTo(entry.shape()));
        }
    }

    @Test
    void what_cannot_be_computed_faithfully_is_refused_with_a_way_out() throws IOException {
        copy("bert-2labels");
        changeConfig(config -> config.put("position_embedding_type", "relative_key"));
        assertRefused("relative_key", "TorchScript");
        copy("bert-2labels");
        changeConfig(config -> config.putObject("pruned_heads").putArray("0").add(1));
        assertRefused("pruned_heads");
        copy("bert-2labels");
        changeConfig(config -> config.putObject("auto_map").put("AutoModel", "modeling.OtherBert"));
        assertRefused("auto_map", "TorchScript");
        copy("bert-2labels");
        changeConfig(config -> config.put("hidden_act", "mish"));
        assertRefused("mish", "TorchScript");
        copy("bert-2labels");
        changeConfig(config -> config.put("model_type", "albert"));
        assertRefused("albert", "model.pt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "gpt2: scale_attn_weights: false",
                "gpt2: scale_attn_by_inverse_layer_idx: true",
                "gpt2: add_cross_attention: true",
                "xlnet: attn_type: \"uni\"",
                "xlnet: bi_data: true",
                "xlnet: clamp_len: 20",
                "xlnet: d_head: 8",
                "xlnet: summary_type: \"mean\"",
                "xlnet: summary_use_proj: false",
                "xlnet: summary_activation: null"
            })
    void a_switch_that_we_do_not_have_is_refused_by_name(String family, String field, String value) throws IOException {
        copy(family);
        changeConfig(config -> {
            try {
                config.set(field, JSON.readTree(value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        assertRefused("config.json", field, value.replace("\"", ""));
    }

    @Test
    void old_names_are_understood() throws IOException {
        copy("bert-2labels");
        changeHeader(header -> {
            for (String name : new ArrayList<>(
                    header.properties().stream().map(Map.Entry::getKey).toList())) {
                if (name.contains("LayerNorm")) {
                    header.set(
                            name.replace("LayerNorm.weight", "LayerNorm.gamma")
                                    .replace("LayerNorm.bias", "LayerNorm.beta"),
                            header.remove(name));
                }
            }
        });
        try (CrossEncoder encoder = CrossEncoder.open(folder, ReferenceLogitsTest.FP32)) {
            ReferenceCheckpoint reference = ReferenceCheckpoint.named("bert-2labels");
            float[] logits = encoder.logits(reference.pairs()).get(0);
            assertThat(logits[0]).isCloseTo(reference.expected().get(0).logits()[0], within(1e-4f));
        }
    }
}
