package io.replyloop.bert.network;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** The speed of large matrix products on a device: the reference for all utilisation figures in the benchmarks. */
public final class MatrixRate {
    private static final int SIZE = 1536;
    /** Where the CPU emulates a type, larger products take minutes without changing the result. */
    private static final int EMULATED_SIZE = 256;
    /** Smaller products leave a GPU idle between them. */
    private static final int GPU_SIZE = 8192;

    private static final int ROUNDS = 5;
    private static final int FEWEST_ROUNDS = 2;
    /** Seconds after which a slow machine has been measured long enough. */
    private static final double LONG_ENOUGH = 0.5;

    private MatrixRate() {}

    /**
     * Floating-point operations per second of square products; the best of several rounds.
     *
     * @param wall by wall-clock time
     * @param cpu by the CPU time of this process, which is independent of other programs on the machine
     */
    public record Rate(double wall, double cpu) {
        public Rate meanWith(Rate other) {
            return new Rate((wall + other.wall) / 2, (cpu + other.cpu) / 2);
        }
    }

    public static double measure(Device device, Precision precision) {
        return rate(device, precision).wall();
    }

    /** On a CPU, the faster of MKL's product and oneDNN's in its packed layout: on AMD the former is half as fast. */
    public static Rate rate(Device device, Precision precision) {
        Rate plain = rate(device, precision, false);
        if (!device.equals(Device.cpu()) || isEmulated(precision, device)) {
            return plain;
        }
        Rate packed = rate(device, precision, true);
        return new Rate(Math.max(plain.wall(), packed.wall()), Math.max(plain.cpu(), packed.cpu()));
    }

    private static Rate rate(Device device, Precision precision, boolean packed) {
        int type = Network.type(precision);
        boolean emulated = isEmulated(precision, device);
        int size = device.isGpu() ? GPU_SIZE : emulated ? EMULATED_SIZE : SIZE;
        try (Network network = Network.empty(device)) {
            multiply(network, size, type, 1, packed);
            double best = 0;
            double bestCpu = 0;
            Stopwatch all = new Stopwatch();
            for (int round = 0; round < ROUNDS && (round < FEWEST_ROUNDS || all.seconds() < LONG_ENOUGH); round++) {
                int repeats = emulated ? 1 : type == 6 ? 2 : device.isGpu() ? 32 : 8;
                Stopwatch watch = new Stopwatch();
                multiply(network, size, type, repeats, packed);
                double operations = 2.0 * size * size * size * repeats;
                bestCpu = Math.max(bestCpu, operations / watch.cpuSeconds());
                best = Math.max(best, operations / watch.seconds());
            }
            return new Rate(best, bestCpu);
        }
    }

    static boolean isEmulated(Precision precision, Device device) {
        return !device.isGpu() && (precision == Precision.FP16 || precision == Precision.BF16 && !OnCpu.HAS_BF16);
    }

    /** Measured once, on first use. */
    private static final class OnCpu {
        static final boolean HAS_BF16 = Network.cpuHasBf16();
    }

    private static void multiply(Network network, int size, int type, int repeats, boolean packed) {
        Torch.run(() -> {
            try (NDManager scope = network.scope()) {
                NDList inputs = new NDList(
                        scope.zeros(new Shape(1)),
                        network.onCpu(scope, size),
                        network.onCpu(scope, size),
                        network.onCpu(scope, type),
                        network.onCpu(scope, repeats),
                        network.onCpu(scope, packed ? 1 : 0));
                // Reading the result waits for the device.
                network.invoke(scope, "multiply", false, inputs).get(0).getFloat();
            }
        });
    }
}
