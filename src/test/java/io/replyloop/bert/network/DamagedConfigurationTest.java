package io.replyloop.bert.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration that cannot be, or that is not of these weights, is refused with a message that names the file. */
class DamagedConfigurationTest extends CopiedCheckpoint {
    /** What shapes the network, in the words of all families. */
    private static final Set<String> SIZES = Set.of(
            "vocab_size",
            "hidden_size",
            "num_hidden_layers",
            "num_attention_heads",
            "intermediate_size",
            "max_position_embeddings",
            "embedding_size",
            "dim",
            "n_layers",
            "n_heads",
            "hidden_dim",
            "n_embd",
            "n_layer",
            "n_head",
            "n_inner",
            "n_positions",
            "d_model",
            "d_inner");

    @BeforeEach
    void copyAWholeCheckpoint() throws IOException {
        copy("bert-2labels");
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

    /** Each whole number of a configuration, as absurd as can be: nothing is made of it, and the field is named. */
    @ParameterizedTest
    @ValueSource(strings = {"bert-2labels", "distilbert", "electra", "roberta", "xlm-roberta", "gpt2", "xlnet"})
    void every_absurd_number_is_refused_by_its_name(String family) throws IOException {
        copy(family);
        byte[] whole = Files.readAllBytes(folder.resolve("config.json"));
        List<String> numbers = new ArrayList<>();
        JSON.readTree(whole).properties().forEach(field -> {
            if (SIZES.contains(field.getKey()) && field.getValue().isIntegralNumber()) {
                numbers.add(field.getKey());
            }
        });
        assertThat(numbers).hasSizeGreaterThanOrEqualTo(5);
        for (String field : numbers) {
            for (long value : new long[] {0, -1, Long.MIN_VALUE, 1_000_000_000, (1L << 32) + 64, Long.MAX_VALUE}) {
                Files.write(folder.resolve("config.json"), whole);
                changeConfig(config -> config.put(field, value));
                assertRefused("config.json", field);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bert-2labels, vocab_size",
        "bert-2labels, max_position_embeddings",
        "bert-2labels, intermediate_size",
        "roberta, vocab_size",
        "distilbert, vocab_size",
        "gpt2, vocab_size",
        "gpt2, n_positions",
        "xlnet, vocab_size"
    })
    void a_size_that_the_weights_do_not_have_is_named(String family, String field) throws IOException {
        copy(family);
        changeConfig(config -> config.put(field, config.get(field).asInt() + 64));
        assertRefused("model.safetensors", field + " is ", "the weights have ");
    }

    @Test
    void numbers_that_would_become_others_and_heads_that_do_not_divide_are_named() throws IOException {
        for (String field : List.of("type_vocab_size", "pad_token_id")) {
            copy("bert-2labels");
            changeConfig(config -> config.put(field, (1L << 32) + 1));
            assertRefused("config.json", field);
        }
        for (Object value : new Object[] {(1L << 32) + 2, "many", 3.7, 0}) {
            copy("bert-2labels");
            changeConfig(config -> {
                config.remove("id2label");
                config.set("num_labels", JSON.valueToTree(value));
            });
            assertRefused("config.json", "num_labels");
        }
        copy("bert-2labels");
        changeConfig(config -> config.put("num_attention_heads", 7));
        assertRefused("config.json", "hidden_size", "num_attention_heads 7");
    }

    @ParameterizedTest
    @CsvSource({"gpt2, h.1", "xlnet, layer.1"})
    void more_layers_of_another_family_than_the_configuration_has(String family, String layer) throws IOException {
        copy(family);
        changeConfig(config -> config.put("n_layer", 1));
        assertRefused("model.safetensors", layer, "config.json");
    }

    @Test
    void a_family_or_an_activation_that_is_not_known() throws IOException {
        changeConfig(config -> config.put("model_type", "albert"));
        assertRefused("config.json", "albert", "TorchScript");
        copy("bert-2labels");
        changeConfig(config -> config.put("hidden_act", "__import__('os')"));
        assertRefused("config.json", "activation");
    }
}
