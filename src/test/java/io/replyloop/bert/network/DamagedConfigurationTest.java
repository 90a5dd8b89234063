package io.replyloop.bert.network;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A configuration that cannot be, or that is not of these weights, is refused with a message that names the file. */
class DamagedConfigurationTest extends CopiedCheckpoint {
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
