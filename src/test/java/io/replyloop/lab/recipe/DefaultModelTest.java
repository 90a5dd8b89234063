package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.replyloop.lab.corpus.Corpora;
import io.replyloop.ranking.FinalScore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipe from end to end, with forty dialogues and about one step per stage. */
class DefaultModelTest {
    private static final DefaultModelOptions TINY =
            new DefaultModelOptions(1, 64, 0.1, 1, 1, 2, 1, 0.5, 1, 8, 1, Precision.FP32, "cpu", 1);

    @TempDir
    Path directory;

    @Test
    void a_stage_can_be_made_by_its_old_name() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory.resolve("data")));
        DefaultModel model = new DefaultModel(corpora, directory.resolve("work"), TINY, line -> {});

        Path made = model.make("memory-opinions");

        assertThat(made).isEqualTo(directory.resolve("work/memory-soft-labels"));
        assertThat(SoftLabels.read(made).byGroup()).hasSize(76);
    }

    @Test
    void an_unknown_stage_is_refused() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory.resolve("data")));
        DefaultModel model = new DefaultModel(corpora, directory.resolve("work"), TINY, line -> {});

        assertThatThrownBy(() -> model.make("polish")).hasMessage("there is no stage 'polish'");
        assertThatThrownBy(() -> model.make("teacher-3")).hasMessage("there is no teacher 3; the teachers are 1 to 2");
    }

    @Test
    void the_recipe_makes_a_usable_model_and_repeats_no_stage() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory.resolve("data")));
        Path work = directory.resolve("work");
        List<String> log = new ArrayList<>();
        new DefaultModel(corpora, work, TINY, log::add).make(directory.resolve("out"));

        Path out = directory.resolve("out");
        assertThat(FinalScore.of(out).temperature() > 0).isTrue();
        try (CrossEncoder encoder = CrossEncoder.open(out, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1))) {
            assertThat(encoder.info().labels()).isEqualTo(1);
            assertThat(encoder.logits(List.of(encoder.pair(encoder.tokenize("- Hi"), encoder.tokenize("Hello"))))
                            .size())
                    .isEqualTo(1);
        }

        log.clear();
        new DefaultModel(corpora, work, TINY, log::add).make(directory.resolve("again"));
        assertThat(log.stream().anyMatch(line -> line.startsWith("pairs-1: already done")))
                .as("%s", log)
                .isTrue();
        assertThat(Files.mismatch(out.resolve("model.safetensors"), directory.resolve("again/model.safetensors")))
                .isEqualTo(-1);
    }
}
