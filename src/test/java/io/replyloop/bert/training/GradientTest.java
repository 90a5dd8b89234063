package io.replyloop.bert.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.replyloop.bert.checkpoint.BertConfig;
import io.replyloop.bert.checkpoint.Checkpoint;
import io.replyloop.bert.checkpoint.SafetensorsWriter;
import io.replyloop.bert.checkpoint.TensorSlot;
import io.replyloop.bert.network.Precision;
import io.replyloop.bert.network.ReferenceCheckpoint;
import io.replyloop.bert.network.Torch;
import io.replyloop.bert.tokenizer.EncodedPair;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradients of each tensor are what the loss of an independent network does when that tensor is moved a little. */
class GradientTest {
    private static final double STEP = 1e-4;

    private final Random random = new Random(5);

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "xlnet"})
    void gradients_are_differences_of_the_loss(String name) {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        // Two of one length make a run of their own.
        List<EncodedPair> whole = reference.pairs();
        List<EncodedPair> pairs =
                List.of(end(whole.get(0), 5), end(whole.get(3), 9), end(whole.get(4), 9), end(whole.get(5), 12));
        float[] labels = {1, 0, 1, 1};
        Torch.setThreads(1);
        try (Checkpoint checkpoint = Checkpoint.openClassifier(reference.directory());
                TrainingNetwork network = TrainingNetwork.load(
                        checkpoint, false, Device.cpu(), Precision.FP32, TrainingNetwork.Frozen.NOTHING, 0)) {
            network.setDropout(false);
            BertConfig config = checkpoint.config();
            Map<String, double[]> weights = new HashMap<>();
            checkpoint.readAll().forEach(tensor -> weights.put(tensor.name(), doubles(tensor.values())));
            PlainNetworks plain = new PlainNetworks(weights, config.layers, config.heads, config.hidden);

            double loss = network.learn(pairs, labels, new long[4], Loss.CROSS_ENTROPY, 0.25, 0);
            assertThat(loss).isCloseTo(loss(plain, name, pairs, labels), within(1e-5));

            // The first moment after one step, without clipping, is a tenth of the gradient.
            network.update(new AdamW(1e-3, 0, 10, 0, 0), 0);
            List<SafetensorsWriter.Tensor> moments = network.moments();
            List<TensorSlot> slots = checkpoint.slots().stream()
                    .filter(slot -> slot.kind() != TensorSlot.Kind.ABSENT)
                    .toList();
            assertThat(moments.size()).isEqualTo(1 + 2 * slots.size());
            for (int i = 0; i < slots.size(); i++) {
                double[] gradient = doubles(moments.get(1 + i).values());
                for (int c = 0; c < gradient.length; c++) {
                    gradient[c] /= 1 - AdamW.BETA1;
                }
                assertIsSlope(plain, name, pairs, labels, slots.get(i).name(), gradient);
            }
        }
    }

    private static EncodedPair end(EncodedPair pair, int length) {
        int from = pair.length() - length;
        return new EncodedPair(
                Arrays.copyOfRange(pair.ids(), from, pair.length()),
                Arrays.copyOfRange(segments(pair), from, pair.length()));
    }

    private static byte[] segments(EncodedPair pair) {
        byte[] segments = new byte[pair.length()];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = (byte) pair.segment(i);
        }
        return segments;
    }

    /** Half along the gradient itself, where an error of any element shows, half in a direction drawn at random. */
    private void assertIsSlope(
            PlainNetworks plain,
            String name,
            List<EncodedPair> pairs,
            float[] labels,
            String tensor,
            double[] gradient) {
        double size = Math.sqrt(product(gradient, gradient));
        // Only XLNet's pretraining reads mask_emb.
        assertThat(size > 1e-7).as("%s", tensor + " has a gradient of " + size).isEqualTo(!tensor.endsWith("mask_emb"));
        double[] direction = new double[gradient.length];
        for (int c = 0; c < direction.length; c++) {
            direction[c] = gradient[c] / Math.max(size, 1e-9) + random.nextGaussian() / Math.sqrt(direction.length);
        }
        double[] weight = plain.weights().get(tensor);
        double[] kept = weight.clone();
        double[] losses = new double[2];
        for (int side = 0; side < 2; side++) {
            for (int c = 0; c < weight.length; c++) {
                weight[c] = kept[c] + (side == 0 ? STEP : -STEP) * direction[c];
            }
            losses[side] = loss(plain, name, pairs, labels);
        }
        System.arraycopy(kept, 0, weight, 0, kept.length);
        double slope = (losses[0] - losses[1]) / (2 * STEP);
        assertThat(product(gradient, direction)).as("%s", tensor).isCloseTo(slope, within(2e-3 * size + 1e-7));
    }

    private static double loss(PlainNetworks plain, String name, List<EncodedPair> pairs, float[] labels) {
        double loss = 0;
        for (int p = 0; p < pairs.size(); p++) {
            double[] logits = logits(plain, name, pairs.get(p));
            double total = Math.log(Math.exp(logits[0]) + Math.exp(logits[1]));
            loss += (total - logits[(int) labels[p]]) / pairs.size();
        }
        return loss;
    }

    private static double[] logits(PlainNetworks plain, String name, EncodedPair pair) {
        return name.equals("gpt2") ? plain.gpt2(pair.ids()) : plain.xlnet(pair.ids(), segments(pair));
    }

    private static double product(double[] one, double[] other) {
        double sum = 0;
        for (int c = 0; c < one.length; c++) {
            sum += one[c] * other[c];
        }
        return sum;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, c -> values[c]);
        return doubles;
    }
}
