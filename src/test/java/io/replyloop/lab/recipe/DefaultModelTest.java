package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The recipe from end to end, on a corpus of forty dialogues and hardly a step each: what it leaves is a model. */
class DefaultModelTest {
    private static final DefaultModel.Effort HARDLY_ANY =
            new DefaultModel.Effort(1, 64, 0.1, 1, 1, 2, 1, 0.5, 1, 8, 1, Precision.FP32, "cpu", 1);

    @TempDir
    Path directory;

    @Test
    void the_recipe_leaves_a_model_that_serves_and_does_no_stage_twice() throws IOException {
        Corpora corpora = Corpora.open(Stars.write(directory.resolve("data")));
        Path work = directory.resolve("work");
        List<String> log = new ArrayList<>();
        new DefaultModel(corpora, work, HARDLY_ANY, log::add).make(directory.resolve("out"));

        Path out = directory.resolve("out");
        assertThat(FinalScore.of(out).temperature() > 0).isTrue();
        try (CrossEncoder encoder = CrossEncoder.open(out, new CrossEncoderOptions(Precision.FP32, "cpu", 0, 1))) {
            assertThat(encoder.info().labels()).isEqualTo(1);
            assertThat(encoder.logits(List.of(encoder.pair(encoder.tokenize("- Hi"), encoder.tokenize("Hello"))))
                            .size())
                    .isEqualTo(1);
        }

        log.clear();
        new DefaultModel(corpora, work, HARDLY_ANY, log::add).make(directory.resolve("again"));
        assertThat(log.stream().anyMatch(line -> line.startsWith("pairs-1: done already")))
                .as("%s", log)
                .isTrue();
        assertThat(Files.mismatch(out.resolve("model.safetensors"), directory.resolve("again/model.safetensors")))
                .isEqualTo(-1);
    }
}
