package io.replyloop.bert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.util.Comparator;
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
    void gradientsAreDifferencesOfTheLoss(String name) {
        ReferenceCheckpoint reference = ReferenceCheckpoint.named(name);
        List<EncodedPair> pairs = reference.pairs().stream()
                .sorted(Comparator.comparingInt(EncodedPair::length))
                .limit(3)
                .toList();
        float[] labels = {1, 0, 1};
        Torch.setThreads(1);
        try (Checkpoint checkpoint = Checkpoint.openClassifier(reference.directory());
                TrainingNetwork network = TrainingNetwork.load(
                        checkpoint, false, Device.cpu(), Precision.FP32, TrainingNetwork.Frozen.NOTHING, 0)) {
            network.setDropout(false);
            BertConfig config = checkpoint.config();
            Map<String, double[]> weights = new HashMap<>();
            checkpoint.readAll().forEach(tensor -> weights.put(tensor.name(), doubles(tensor.values())));
            PlainNetworks plain = new PlainNetworks(weights, config.layers, config.heads, config.hidden);

            double loss = network.learn(pairs, labels, new long[3], Loss.CROSS_ENTROPY, 1.0 / 3, 0);
            assertEquals(loss(plain, name, pairs, labels), loss, 1e-5);

            // The first moment after one step, without clipping, is a tenth of the gradient.
            network.update(new AdamW(1e-3, 0, 10, 0, 0), 0);
            List<SafetensorsWriter.Tensor> moments = network.moments();
            List<TensorSlot> slots = checkpoint.slots().stream()
                    .filter(slot -> slot.kind() != TensorSlot.Kind.ABSENT)
                    .toList();
            assertEquals(1 + 2 * slots.size(), moments.size());
            for (int i = 0; i < slots.size(); i++) {
                double[] gradient = doubles(moments.get(1 + i).values());
                for (int c = 0; c < gradient.length; c++) {
                    gradient[c] /= 1 - AdamW.BETA1;
                }
                assertIsSlope(plain, name, pairs, labels, slots.get(i).name(), gradient);
            }
        }
    }

    /** Along the gradient itself, where an error of any element shows, and in a direction drawn at random. */
    private void assertIsSlope(
            PlainNetworks plain,
            String name,
            List<EncodedPair> pairs,
            float[] labels,
            String tensor,
            double[] gradient) {
        double[] chance = new double[gradient.length];
        for (int c = 0; c < chance.length; c++) {
            chance[c] = random.nextGaussian();
        }
        double size = Math.sqrt(product(gradient, gradient));
        for (double[] direction : List.of(gradient, chance)) {
            double length = Math.sqrt(product(direction, direction));
            if (length < 1e-9) {
                continue;
            }
            double[] weight = plain.weights().get(tensor);
            double[] kept = weight.clone();
            double[] losses = new double[2];
            for (int side = 0; side < 2; side++) {
                for (int c = 0; c < weight.length; c++) {
                    weight[c] = kept[c] + (side == 0 ? STEP : -STEP) * direction[c] / length;
                }
                losses[side] = loss(plain, name, pairs, labels);
            }
            System.arraycopy(kept, 0, weight, 0, kept.length);
            double slope = (losses[0] - losses[1]) / (2 * STEP);
            assertEquals(slope, product(gradient, direction) / length, 1e-3 * size + 1e-6, tensor);
        }
        assertTrue(size > 1e-6 || hasNoSlope(tensor), tensor + " has no gradient");
    }

    /** What moves all scores of a query alike, and what only pretraining reads. */
    private static boolean hasNoSlope(String tensor) {
        return tensor.endsWith("mask_emb");
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
        int[] segments = new int[pair.length()];
        java.util.Arrays.setAll(segments, pair::segment);
        return name.equals("gpt2") ? plain.gpt2(pair.ids()) : plain.xlnet(pair.ids(), segments);
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
        java.util.Arrays.setAll(doubles, c -> values[c]);
        return doubles;
    }
}
