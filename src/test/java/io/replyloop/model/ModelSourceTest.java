package io.replyloop.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
        assertThat(source.files().size())
                .as("%s", source.files().keySet().toString())
                .isEqualTo(9);
        Path place = folder.resolve("encoders/one");
        assertThat(ModelDirectory.install(folder.resolve("encoders"), "one", source::copyInto)
                        .sha256())
                .isEqualTo(source.sha256());
        // What a desktop leaves in any folder that somebody has looked into.
        Files.writeString(place.resolve("english/.DS_Store"), "");
        ModelDirectory.verify(place, source.sha256());
        assertThat(Files.readString(place.resolve("chinese/projection.safetensors")))
                .isEqualTo("chinese");
    }

    @Test
    void a_cross_encoder_takes_nothing_from_other_folders() throws IOException {
        Path base = encoderOfTwoLanguages();
        Files.writeString(base.resolve("config.json"), "{}");
        assertThat(ModelSource.directory(base).files().keySet()).isEqualTo(Set.of("README.md", "config.json"));
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
                assertThat(files.contains(language + file))
                        .as("%s", language + file + " of " + files)
                        .isTrue();
            }
        }
        assertThat(files.containsAll(Set.of("README.md", "SOURCES.md", "LICENSE.md")))
                .as("%s", files.toString())
                .isTrue();
        assertThat(ModelSource.onClassPath("models/none").isEmpty()).isTrue();
    }

    @Test
    void the_list_that_the_build_has_made_of_the_built_in_encoder_is_what_reading_it_gives() throws IOException {
        ModelSource builtIn = ModelSource.onClassPath("models/encoder").orElseThrow();
        assertThat(builtIn.sums()).isNotNull();

        ModelSource read = new ModelSource(builtIn.description(), builtIn.origin(), builtIn.files(), null);
        assertThat(builtIn.sha256()).isEqualTo(read.sha256());
    }

    @Test
    void a_directory_that_is_not_there_is_named_with_its_setting() {
        assertThat(assertThatExceptionOfType(NoSuchFileException.class)
                        .isThrownBy(() -> ModelSource.encoderDirectory(folder.resolve("nothing")))
                        .actual()
                        .getMessage()
                        .contains("replyloop.encoder.directory"))
                .isTrue();
    }
}
