package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.CheckpointException;
import io.replyloop.bert.checkpoint.SafetensorsFile;
import io.replyloop.bert.network.CrossEncoder;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.ReferenceLogitsTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Masked language modelling, from nothing and from a checkpoint. */
class PretrainerTest {
    private static final int MASK = 4;
    private static final PretrainingOptions QUICK =
            new PretrainingOptions(3e-3, 120, 0.1, 0.01, 1.0, 7, Precision.FP32, "cpu", 1, 10, 50);

    @TempDir
    Path folder;

    private final Path tokenizer = ReferenceCheckpoint.named("bert-no-head").directory();

    /** Sequences that count upwards: the neighbours of a mask say what stood there. */
    private static List<MaskedSequence> batch(int step) {
        Random random = new Random(step);
        List<MaskedSequence> batch = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int length = 8 + random.nextInt(5);
            int start = 10 + random.nextInt(20);
            int[] ids = new int[length];
            int[] targets = new int[length];
            for (int t = 0; t < length; t++) {
                ids[t] = start + t;
                targets[t] = MaskedSequence.NOT_ASKED;
            }
            int hidden = random.nextInt(length);
            targets[hidden] = ids[hidden];
            ids[hidden] = MASK;
            batch.add(new MaskedSequence(ids, new byte[length], targets));
        }
        return batch;
    }

    private static final class Curve implements TrainingListener {
        final List<TrainingProgress> reports = new ArrayList<>();
        int dieAt = Integer.MAX_VALUE;

        @Override
        public void progress(TrainingProgress progress) {
            reports.add(progress);
            if (progress.step() >= dieAt) {
                throw new IllegalStateException("the process died");
            }
        }
    }

    @Test
    void from_random_weights_it_learns_what_stood_under_the_mask() {
        Curve curve = new Curve();
        BertConfig config = BertConfig.bert(254, 2, 48, 4, 96, 64);
        Pretrainer.run(null, config, tokenizer, PretrainerTest::batch, folder.resolve("out"), QUICK, curve);
        double first = curve.reports.get(0).loss();
        TrainingProgress last = curve.reports.get(curve.reports.size() - 1);
        assertThat(first > 4)
                .as("%s", "a fresh network knows something already: " + first)
                .isTrue();
        // To know no more than which 32 tokens there are would leave 3.47.
        assertThat(last.loss() < 3.3).as("%s", "learned nothing: " + last).isTrue();
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("out/model.safetensors"))) {
            // The tied decoder is not written, and a masked language model has no pooler.
            TreeSet<String> heads = new TreeSet<>(file.entries().keySet());
            heads.removeIf(name -> name.startsWith("bert.embeddings.") || name.startsWith("bert.encoder."));
            assertThat(heads)
                    .isEqualTo(new TreeSet<>(List.of(
                            "cls.predictions.bias",
                            "cls.predictions.transform.LayerNorm.bias",
                            "cls.predictions.transform.LayerNorm.weight",
                            "cls.predictions.transform.dense.bias",
                            "cls.predictions.transform.dense.weight")));
        }
        // What was pretrained is a base for fine-tuning, with a fresh head.
        try (CrossEncoder encoder = CrossEncoder.open(folder.resolve("out"), ReferenceLogitsTest.FP32)) {
            assertThat(encoder.info().labels()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-no-head", "roberta", "xlm-roberta", "distilbert"})
    void it_goes_on_from_a_checkpoint(String name) {
        Curve curve = new Curve();
        PretrainingOptions options =
                new PretrainingOptions(3e-3, 20, 0.1, 0.01, 1.0, 7, Precision.FP32, "cpu", 1, 10, 0);
        Path start = ReferenceCheckpoint.named(name).directory();
        Pretrainer.run(start, null, start, PretrainerTest::batch, folder.resolve("out"), options, curve);
        assertThat(curve.reports.get(1).loss() < curve.reports.get(0).loss())
                .as("%s", curve.reports)
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"electra", "gpt2", "xlnet"})
    void a_family_that_is_not_pretrained_by_masking_is_refused_by_name(String name) {
        Path start = ReferenceCheckpoint.named(name).directory();
        CheckpointException refused = assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> Pretrainer.run(
                        start, null, start, PretrainerTest::batch, folder.resolve("out"), QUICK, new Curve()))
                .actual();
        assertThat(refused.getMessage().contains(name))
                .as("%s", refused.getMessage())
                .isTrue();
    }

    @Test
    void a_run_that_died_goes_on_and_ends_with_the_same_weights() {
        BertConfig config = BertConfig.bert(254, 1, 32, 2, 64, 32);
        Path whole = folder.resolve("whole");
        Pretrainer.run(null, config, tokenizer, PretrainerTest::batch, whole, QUICK, new Curve());
        Curve dying = new Curve();
        dying.dieAt = 60;
        Path resumed = folder.resolve("resumed");
        assertThatThrownBy(() -> Pretrainer.run(null, config, tokenizer, PretrainerTest::batch, resumed, QUICK, dying))
                .isInstanceOf(IllegalStateException.class);
        assertThat(resumed.toFile().exists()).isFalse();
        Curve second = new Curve();
        Pretrainer.run(null, config, tokenizer, PretrainerTest::batch, resumed, QUICK, second);
        assertThat(second.reports.get(0).step()).isEqualTo(60);
        try (SafetensorsFile a = SafetensorsFile.open(whole.resolve("model.safetensors"));
                SafetensorsFile b = SafetensorsFile.open(resumed.resolve("model.safetensors"))) {
            a.entries()
                    .forEach(
                            (name, entry) -> assertThat(b.readFloats(b.entries().get(name)))
                                    .as("%s", name)
                                    .isEqualTo(a.readFloats(entry)));
        }
    }
}
