package io.replyloop.bert.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a checkpoint is refused with a message that names the file, and nothing crashes. */
class DamagedCheckpointTest extends CopiedCheckpoint {
    @BeforeEach
    void copyAWholeCheckpoint() throws IOException {
        copy("bert-2labels");
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
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused("model-00002-of-00003.safetensors", "missing");
    }
}
