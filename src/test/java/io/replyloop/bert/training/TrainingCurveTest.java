package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.network.PackedBatch;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fifty steps of training follow those that Python's transformers and PyTorch made. */
class TrainingCurveTest {
    @Test
    void loss_and_gradient_norm_follow_those_of_python() {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named("bert-2labels");
        List<EncodedPair> pairs = reference.pairs();
        List<JsonNode> curve = ReferenceCheckpoint.lines(reference.directory().resolve("training-curve.jsonl"));
        AdamW optimiser = new AdamW(5e-4, 5, 50, 0.01, 1.0);
        Torch.setThreads(1);
        try (Checkpoint checkpoint = Checkpoint.openClassifier(reference.directory());
                TrainingNetwork network = TrainingNetwork.load(
                        checkpoint, false, Device.cpu(), Precision.FP32, TrainingNetwork.Frozen.NOTHING, 0)) {
            network.setDropout(false);
            assertThat(curve.size()).isEqualTo(50);
            for (int step = 0; step < curve.size(); step++) {
                List<EncodedPair> batch = new ArrayList<>();
                float[] labels = new float[8];
                for (int i = 0; i < 8; i++) {
                    int index = (step * 8 + i) % pairs.size();
                    batch.add(pairs.get(index));
                    labels[i] = index % 2 == 0 ? 1 : 0;
                }
                double loss =
                        network.learn(PackedBatch.of(batch, 0), labels, new long[8], Loss.CROSS_ENTROPY, 1.0 / 8, step);
                assertThat(loss)
                        .as("%s", "loss of step " + step)
                        .isCloseTo(curve.get(step).path("loss").asDouble(), within(1e-3));
                assertThat(optimiser.rateAt(step))
                        .isCloseTo(curve.get(step).path("lr").asDouble(), within(1e-12));
                double norm = network.update(optimiser, step);
                assertThat(norm)
                        .as("%s", "norm of step " + step)
                        .isCloseTo(curve.get(step).path("grad_norm").asDouble(), within(1e-3));
            }
        }
    }
}
