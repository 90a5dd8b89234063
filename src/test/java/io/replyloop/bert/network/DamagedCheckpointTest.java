package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.tokenizer.BoundedPattern;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a checkpoint is refused with a message that names the file, and nothing crashes. */
class DamagedCheckpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORDS = "bert.embeddings.word_embeddings.weight";

    @TempDir
    Path folder;

    private Path weights;

    @BeforeEach
    void copyAWholeCheckpoint() throws IOException {
        copy("bert-2labels");
        weights = folder.resolve("model.safetensors");
    }

    private void copy(String name) throws IOException {
        try (Stream<Path> files = Files.list(ReferenceCheckpoint.named(name).directory())) {
            for (Path file : files.toList()) {
                Files.write(folder.resolve(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }

    private void assertRefused(String... parts) {
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> CrossEncoder.open(folder, ReferenceLogitsTest.FP32))
                .actual();
        for (String part : parts) {
            assertThat(refused.getMessage().contains(part))
                    .as("%s", "'" + part + "' is not in: " + refused.getMessage())
                    .isTrue();
        }
    }

    private void changeConfig(Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve("config.json");
        ObjectNode json = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        change.accept(json);
        Files.write(file, JSON.writeValueAsBytes(json));
    }

    /** Rewrites the header; the length in front of it follows. */
    private void changeHeader(Consumer<ObjectNode> change) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        ObjectNode header = (ObjectNode) JSON.readTree(Arrays.copyOfRange(bytes, 8, 8 + length));
        change.accept(header);
        writeRaw(JSON.writeValueAsBytes(header), Arrays.copyOfRange(bytes, 8 + length, bytes.length));
    }

    private void writeRaw(byte[] header, byte[] data) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(weights, file.putLong(header.length).put(header).put(data).array());
    }

    private static ObjectNode tensor(ObjectNode header, String name) {
        return (ObjectNode) header.get(name);
    }

    /** Overwrites numbers of a tensor of fp32. */
    private void fill(String tensor, int from, int to, float value) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) file.getLong(0);
        int begin = JSON.readTree(Arrays.copyOfRange(bytes, 8, 8 + length))
                .at("/" + tensor + "/data_offsets/0")
                .asInt();
        for (int at = from; at < to; at++) {
            file.putFloat(8 + length + begin + at * Float.BYTES, value);
        }
        Files.write(weights, bytes);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void weights_that_are_no_numbers(float value) throws IOException {
        fill(WORDS, 7, 8, value);
        assertRefused("model.safetensors", WORDS, "holds " + value, "place 7");
    }

    @Test
    void no_numbers_in_half_precision() throws IOException {
        copy("bert-2labels-fp16");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length - 1] = 0x7e;
        Files.write(weights, bytes);
        assertRefused("model.safetensors", "holds NaN");
    }

    @Test
    void weights_of_which_nothing_comes() throws IOException {
        fill(WORDS, 0, 254 * 80, Float.MAX_VALUE);
        assertRefused("model.safetensors", "too large");
    }

    @Test
    void what_a_training_would_write_that_went_astray() {
        Path file = folder.resolve("astray.safetensors");
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> SafetensorsWriter.write(
                        file,
                        List.of(
                                new SafetensorsWriter.Tensor("good", new long[] {1}, new float[] {1}),
                                new SafetensorsWriter.Tensor("bad", new long[] {2}, new float[] {1, Float.NaN}))))
                .actual();
        assertThat(refused.getMessage().contains("'bad'"))
                .as("%s", refused.getMessage())
                .isTrue();
        assertThat(refused.getMessage().contains("learning rate"))
                .as("%s", refused.getMessage())
                .isTrue();
        assertThat(Files.exists(file)).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "normalizer | {'type':'Replace','pattern':{'String':'e'},'content':'LONG'} | normalizer Replace | 16"
                        + " times",
                "normalizer | {'type':'Replace','pattern':{'Regex':'x*'},'content':'LONG'} | normalizer Replace | 16"
                        + " times",
                "normalizer | {'type':'Prepend','prepend':'LONG'} | normalizer Prepend | 16 times",
                "normalizer | DOUBLING | normalizers[4] Replace | 16 times",
                "normalizer | MANY | normalizer | 64 steps",
                "normalizer | {'type':'Replace','pattern':{'Regex':'(a+)+$'},'content':''} | Replace | without bound",
                "pre_tokenizer | {'type':'Split','pattern':{'Regex':'(?:ab)*c'},'behavior':'Isolated','invert':false}"
                        + " | Split | without bound",
                "pre_tokenizer | {'type':'Split','pattern':{'Regex':'a*a*a*b'},'behavior':'Removed','invert':true} |"
                        + " Split | without bound",
                "pre_tokenizer | {'type':'Split','pattern':{'Regex':'(.)\\\\1+'},'behavior':'Isolated','invert':false}"
                        + " | Split | without bound",
                "model | 1000000 | WordPiece | max_input_chars_per_word",
            })
    void a_tokenizer_whose_texts_grow_or_take_time_without_bound(String part, String value, String step, String why)
            throws IOException {
        Path file = folder.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        String doubled = "{'type':'Replace','pattern':{'String':'e'},'content':'ee'},";
        String plain = "{'type':'Lowercase'},";
        String text = value.replace("LONG", "long ".repeat(10))
                .replace("DOUBLING", "{'type':'Sequence','normalizers':[" + doubled.repeat(29) + plain + "]}")
                .replace("MANY", "{'type':'Sequence','normalizers':[" + plain.repeat(70) + "]}")
                .replace(",]", "]")
                .replace('\'', '"');
        if (part.equals("model")) {
            ((ObjectNode) json.get("model")).set("max_input_chars_per_word", JSON.readTree(text));
        } else {
            json.set(part, JSON.readTree(text));
        }
        Files.write(file, JSON.writeValueAsBytes(json));
        assertRefused("tokenizer.json", step, why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\s+",
                " {2,}",
                "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
                "[一-龥]",
                "(?:[0-9]{1,3})?x"
            })
    void ordinary_expressions_of_tokenizers_are_used(String expression) {
        assertThat(BoundedPattern.isBounded(expression)).isTrue();
    }

    @Test
    void truncated_weights() throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length - 100));
        assertRefused("model.safetensors", "truncated");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 8, 9, 100, 2000})
    void weights_cut_inside_the_header(int size) throws IOException {
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), size));
        assertRefused("model.safetensors");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE, 200_000_000})
    void a_header_length_that_is_a_lie(long length) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Files.write(weights, bytes);
        assertRefused("model.safetensors", "header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{\"a\": 1}", "{\"a\": {\"dtype\": \"F32\"}}", "{} trailing"})
    void a_header_that_is_no_header(String header) throws IOException {
        writeRaw(header.getBytes(StandardCharsets.UTF_8), new byte[0]);
        assertRefused("model.safetensors");
    }

    @Test
    void a_header_nested_without_end() throws IOException {
        writeRaw("{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8), new byte[0]);
        assertRefused("model.safetensors", "not valid JSON");
    }

    @Test
    void a_tensor_that_is_there_twice() throws IOException {
        writeRaw(
                ("{\"a\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                                + "\"a\": {\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}")
                        .getBytes(StandardCharsets.UTF_8),
                new byte[8]);
        assertRefused("model.safetensors", "not valid JSON");
    }

    @Test
    void offsets_behind_the_end() throws IOException {
        changeHeader(header ->
                tensor(header, WORDS).putArray("data_offsets").add(900_000_000L).add(900_081_280L));
        assertRefused("model.safetensors", WORDS);
    }

    @Test
    void offsets_that_overlap() throws IOException {
        changeHeader(header -> {
            ObjectNode words = tensor(header, WORDS);
            long begin = words.path("data_offsets").get(0).asLong();
            long end = words.path("data_offsets").get(1).asLong();
            words.putArray("data_offsets").add(begin - 4).add(end - 4);
        });
        assertRefused("model.safetensors", "overlaps");
    }

    @Test
    void offsets_that_are_negative_or_backwards() throws IOException {
        changeHeader(
                header -> tensor(header, WORDS).putArray("data_offsets").add(-8).add(81_272));
        assertRefused("model.safetensors", WORDS);
    }

    @Test
    void a_shape_that_overflows() throws IOException {
        changeHeader(header ->
                tensor(header, WORDS).putArray("shape").add(Long.MAX_VALUE).add(Long.MAX_VALUE));
        assertRefused("model.safetensors", WORDS);
    }

    @Test
    void a_shape_that_does_not_fit_the_bytes() throws IOException {
        changeHeader(header -> tensor(header, WORDS).putArray("shape").add(254).add(81));
        assertRefused("model.safetensors", WORDS, "bytes");
    }

    @Test
    void a_shape_that_does_not_fit_the_configuration() throws IOException {
        changeHeader(header -> tensor(header, WORDS).putArray("shape").add(80).add(254));
        assertRefused("model.safetensors", WORDS, "[80, 254]", "[254, 80]");
    }

    @Test
    void a_type_that_is_no_float() throws IOException {
        changeHeader(header -> tensor(header, WORDS).put("dtype", "I32"));
        assertRefused("model.safetensors", WORDS, "I32");
    }

    @Test
    void a_type_that_nobody_knows() throws IOException {
        changeHeader(header -> tensor(header, WORDS).put("dtype", "F7"));
        assertRefused("model.safetensors", WORDS, "F7");
    }

    @Test
    void a_tensor_that_is_missing() throws IOException {
        changeHeader(header -> header.set("stray", header.remove(WORDS)));
        assertRefused("model.safetensors", WORDS, "missing");
    }

    @Test
    void half_a_head() throws IOException {
        changeHeader(header -> header.set("stray", header.remove("classifier.bias")));
        assertRefused("model.safetensors", "classifier.bias", "missing");
    }

    @Test
    void more_layers_than_the_configuration_has() throws IOException {
        changeConfig(config -> config.put("num_hidden_layers", 2));
        assertRefused("layer.2", "config.json");
    }

    @Test
    void fewer_layers_than_the_configuration_has() throws IOException {
        changeConfig(config -> config.put("num_hidden_layers", 4));
        assertRefused("model.safetensors", "layer.3", "missing");
    }

    @Test
    void a_configuration_that_is_out_of_range() throws IOException {
        for (String field : new String[] {
            "hidden_size", "vocab_size", "num_attention_heads", "max_position_embeddings", "intermediate_size"
        }) {
            for (Object value : new Object[] {0, -1, 1L << 40, "many"}) {
                copy("bert-2labels");
                changeConfig(config -> config.set(field, JSON.valueToTree(value)));
                assertRefused("config.json", field);
            }
        }
        copy("bert-2labels");
        changeConfig(config -> config.put("num_attention_heads", 7));
        assertRefused("config.json", "heads");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2, n_embd n_layer n_head n_inner n_positions vocab_size",
        "xlnet, d_model n_layer n_head d_inner vocab_size"
    })
    void a_configuration_of_another_family_that_is_out_of_range(String family, String fields) throws IOException {
        for (String field : fields.split(" ")) {
            for (Object value : new Object[] {0, -1, 1L << 40, "many", List.of(64)}) {
                copy(family);
                changeConfig(config -> config.set(field, JSON.valueToTree(value)));
                assertRefused("config.json", field);
            }
        }
        copy(family);
        changeConfig(config -> config.put("n_head", 7));
        assertRefused("config.json", "heads");
        copy(family);
        changeConfig(config -> config.put(family.equals("gpt2") ? "resid_pdrop" : "dropout", 1));
        assertRefused("config.json", family.equals("gpt2") ? "resid_pdrop" : "dropout");
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2, transformer.h.1.attn.c_attn.weight, 64 191",
        "gpt2, transformer.ln_f.bias, 63",
        "gpt2, score.weight, 64 2",
        "xlnet, transformer.mask_emb, 64",
        "xlnet, transformer.layer.1.rel_attn.r_s_bias, 16 4",
        "xlnet, transformer.layer.0.rel_attn.o, 4 16 64",
        "xlnet, logits_proj.bias, 1"
    })
    void a_tensor_of_another_family_that_is_missing_or_of_another_shape(String family, String tensor, String shape)
            throws IOException {
        copy(family);
        changeHeader(header -> {
            List<Integer> sizes =
                    Stream.of(shape.split(" ")).map(Integer::valueOf).toList();
            tensor(header, tensor).set("shape", JSON.valueToTree(sizes));
        });
        assertRefused("model.safetensors", tensor);
        copy(family);
        changeHeader(header -> header.set("stray", header.remove(tensor)));
        if (tensor.startsWith("score")) {
            // Its classifier is one tensor alone; a checkpoint without it has a fresh one.
            CrossEncoder.open(folder, ReferenceLogitsTest.FP32).close();
        } else {
            assertRefused("model.safetensors", tensor, "missing");
        }
    }

    @ParameterizedTest
    @CsvSource({"gpt2, h.1", "xlnet, layer.1"})
    void more_layers_of_another_family_than_the_configuration_has(String family, String layer) throws IOException {
        copy(family);
        changeConfig(config -> config.put("n_layer", 1));
        assertRefused("model.safetensors", layer, "config.json");
    }

    @Test
    void a_tokenizer_that_cannot_make_two_lines() throws IOException {
        for (String token : List.of("\u010a", "<|endoftext|>")) {
            copy("gpt2");
            changeTokenizer(json -> {
                ((ObjectNode) json.at("/model/vocab")).remove(token);
                json.putArray("added_tokens");
            });
            assertRefused("tokenizer.json", token, "post_processor");
        }
        copy("gpt2");
        changeTokenizer(json -> ((ObjectNode) json.at("/added_tokens/0")).put("id", 480));
        assertRefused("tokenizer.json", "id 480", "vocab_size 480");
        copy("xlnet");
        changeTokenizer(json -> json.putNull("post_processor"));
        assertRefused("tokenizer.json", "post_processor");
    }

    private void changeTokenizer(Consumer<ObjectNode> change) throws IOException {
        Path file = folder.resolve("tokenizer.json");
        ObjectNode json = (ObjectNode) JSON.readTree(Files.readAllBytes(file));
        change.accept(json);
        Files.write(file, JSON.writeValueAsBytes(json));
    }

    @Test
    void a_family_or_an_activation_that_is_not_known() throws IOException {
        changeConfig(config -> config.put("model_type", "albert"));
        assertRefused("config.json", "albert", "TorchScript");
        copy("bert-2labels");
        changeConfig(config -> config.put("hidden_act", "__import__('os')"));
        assertRefused("config.json", "activation");
    }

    @Test
    void a_pickle_is_never_opened() throws IOException {
        Files.move(weights, folder.resolve("pytorch_model.bin"));
        assertRefused("pytorch_model.bin", "save_pretrained");
    }

    @Test
    void no_weights_at_all() throws IOException {
        Files.delete(weights);
        assertRefused("model.safetensors");
    }

    @Test
    void files_that_are_no_json() throws IOException {
        for (String name : new String[] {"config.json", "tokenizer.json"}) {
            copy("bert-2labels");
            Files.writeString(folder.resolve(name), "{\"model");
            assertRefused(name);
        }
    }

    @Test
    void a_tokenizer_that_is_none() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"Nonsense\"}}");
        assertRefused("tokenizer.json");
        Files.delete(folder.resolve("tokenizer.json"));
        assertRefused("tokenizer.json", "vocab.txt");
    }

    @Test
    void a_tokenizer_of_another_model() throws IOException {
        Path other = ReferenceCheckpoint.named("roberta").directory().resolve("tokenizer.json");
        Files.write(folder.resolve("tokenizer.json"), Files.readAllBytes(other));
        assertRefused("tokenizer.json", "vocab_size 254");
    }

    @Test
    void an_index_that_points_elsewhere() throws IOException {
        Files.delete(weights);
        copy("bert-2labels-bf16-sharded");
        Path index = folder.resolve("model.safetensors.index.json");
        String original = Files.readString(index);
        for (String name : new String[] {"../secret.safetensors", "/etc/passwd", "model-00009-of-00003.safetensors"}) {
            Files.writeString(index, original.replace("model-00002-of-00003.safetensors", name));
            assertRefused(name.startsWith("model") ? name : "model.safetensors.index.json");
        }
        Files.writeString(index, "{}");
        assertRefused("model.safetensors.index.json", "weight_map");
    }

    @Test
    void a_shard_that_lacks_a_tensor() throws IOException {
        Files.delete(weights);
        copy("bert-2labels-bf16-sharded");
        Files.copy(
                folder.resolve("model-00001-of-00003.safetensors"),
                folder.resolve("model-00002-of-00003.safetensors"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertRefused("model-00002-of-00003.safetensors", "missing");
    }

    @Test
    void old_names_are_understood() throws IOException {
        changeHeader(header -> {
            for (String name : new java.util.ArrayList<>(header.properties().stream()
                    .map(java.util.Map.Entry::getKey)
                    .toList())) {
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
