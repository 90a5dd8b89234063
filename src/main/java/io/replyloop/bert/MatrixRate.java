package io.replyloop.bert;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/** What large matrix products reach on a device: the yardstick of every share that the benchmarks report. */
final class MatrixRate {
    private static final int SIZE = 1536;
    private static final int ROUNDS = 5;

    private MatrixRate() {}

    /** Floating-point operations per second of square products; the best of several rounds. */
    static double measure(Device device, Precision precision) {
        int type = switch (precision) {
            case BF16 -> 15;
            case FP16 -> 5;
            default -> 6;
        };
        try (Network network = Network.empty(device)) {
            multiply(network, type, 1);
            double best = 0;
            for (int round = 0; round < ROUNDS; round++) {
                int repeats = type == 6 ? 2 : 8;
                long start = System.nanoTime();
                multiply(network, type, repeats);
                best = Math.max(best, 2.0 * SIZE * SIZE * SIZE * repeats / ((System.nanoTime() - start) / 1e9));
            }
            return best;
        }
    }

    private static void multiply(Network network, int type, int repeats) {
        Torch.run(() -> {
            try (NDManager scope = network.scope()) {
                NDList inputs = new NDList(
                        scope.zeros(new ai.djl.ndarray.types.Shape(1)),
                        network.onCpu(scope, SIZE, SIZE, type, repeats));
                // Reading the result waits for the device.
                network.invoke(scope, "multiply", false, inputs).get(0).getFloat();
            }
        });
    }
}
