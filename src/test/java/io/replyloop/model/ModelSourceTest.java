package io.replyloop.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSourceTest {
    @TempDir
    Path folder;

    private Path encoderOfTwoLanguages() throws IOException {
        Path encoder = folder.resolve("encoder");
        for (String language : List.of("english", "chinese")) {
            Path part = Files.createDirectories(encoder.resolve(language).resolve("1_Pooling"))
                    .getParent();
            Files.writeString(part.resolve("config.json"), "{}");
            Files.writeString(part.resolve("1_Pooling/config.json"), "{}");
            Files.writeString(part.resolve("model.safetensors"), language);
            Files.writeString(part.resolve("projection.safetensors"), language);
        }
        Files.writeString(encoder.resolve("README.md"), "two");
        Files.createDirectories(encoder.resolve("onnx"));
        Files.writeString(encoder.resolve("onnx/config.json"), "not ours");
        return encoder;
    }

    @Test
    void an_encoder_of_two_languages_is_installed_whole_and_found_whole() throws IOException {
        ModelSource source = ModelSource.encoderDirectory(encoderOfTwoLanguages());
        assertEquals(9, source.files().size(), source.files().keySet().toString());
        Path place = folder.resolve("encoders/one");
        assertEquals(
                source.sha256(),
                ModelDirectory.install(folder.resolve("encoders"), "one", source::copyInto)
                        .sha256());
        // What a desktop leaves in any folder that somebody has looked into.
        Files.writeString(place.resolve("english/.DS_Store"), "");
        ModelDirectory.verify(place, source.sha256());
        assertEquals("chinese", Files.readString(place.resolve("chinese/projection.safetensors")));
    }

    @Test
    void a_cross_encoder_takes_nothing_from_other_folders() throws IOException {
        Path base = encoderOfTwoLanguages();
        Files.writeString(base.resolve("config.json"), "{}");
        assertEquals(
                Set.of("README.md", "config.json"),
                ModelSource.directory(base).files().keySet());
    }

    @Test
    void the_built_in_encoder_has_a_network_and_a_projection_for_each_language_and_its_licence() {
        Set<String> files =
                ModelSource.onClassPath("models/encoder").orElseThrow().files().keySet();
        for (String language : List.of("english/", "chinese/")) {
            for (String file : List.of(
                    "config.json",
                    "model.safetensors",
                    "tokenizer.json",
                    "projection.safetensors",
                    "1_Pooling/config.json")) {
                assertTrue(files.contains(language + file), language + file + " of " + files);
            }
        }
        assertTrue(files.containsAll(Set.of("README.md", "SOURCES.md", "LICENSE.md")), files.toString());
        assertTrue(ModelSource.onClassPath("models/none").isEmpty());
    }

    @Test
    void the_list_that_the_build_has_made_of_the_built_in_encoder_is_what_reading_it_gives() throws IOException {
        ModelSource builtIn = ModelSource.onClassPath("models/encoder").orElseThrow();
        assertNotNull(builtIn.sums());

        ModelSource read = new ModelSource(builtIn.description(), builtIn.origin(), builtIn.files(), null);
        assertEquals(read.sha256(), builtIn.sha256());
    }

    @Test
    void a_directory_that_is_not_there_is_named_with_its_setting() {
        assertTrue(
                assertThrows(NoSuchFileException.class, () -> ModelSource.encoderDirectory(folder.resolve("nothing")))
                        .getMessage()
                        .contains("replyloop.encoder.directory"));
    }
}
