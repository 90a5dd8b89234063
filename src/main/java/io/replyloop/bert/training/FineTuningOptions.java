package io.replyloop.bert.training;

import io.replyloop.bert.network.Precision;

/**
 * Fine-tuning hyperparameters.
 *
 * @param batchSize examples per forward pass, and per optimiser step unless gradients accumulate
 * @param accumulation batches whose gradients are accumulated for one optimiser step
 * @param maxLength tokens per pair; 0 stands for the checkpoint's limit
 * @param warmupShare share of the steps in which the learning rate increases linearly; afterwards it decreases linearly
 *     to 0
 * @param weightDecay decoupled (AdamW), not applied to biases and norms
 * @param maxGradNorm limit for the norm of all gradients; 0 disables clipping
 * @param frozenLayers number of first encoder layers that are not trained
 * @param precision FP32, or BF16 and FP16 for mixed precision over fp32 weights; AUTO measures
 * @param evaluateEvery steps between evaluations on the dev part; 0 stands for once per epoch
 * @param patience evaluations without improvement after which a run stops; 0 disables early stopping
 * @param threads threads of one matrix product; 0 stands for all cores
 */
public record FineTuningOptions(
        double learningRate,
        int batchSize,
        int accumulation,
        int epochs,
        int maxLength,
        double warmupShare,
        double weightDecay,
        double maxGradNorm,
        int frozenLayers,
        boolean frozenEmbeddings,
        long seed,
        Precision precision,
        String device,
        Loss loss,
        int evaluateEvery,
        int patience,
        int threads) {

    public FineTuningOptions {
        require(learningRate > 0 && learningRate < 1, "the learning rate must lie between 0 and 1");
        require(batchSize >= 1 && batchSize <= 65_536, "the batch size must lie between 1 and 65536");
        require(
                accumulation >= 1 && (long) batchSize * accumulation <= 1_048_576,
                "gradients must add up over at least one batch, and at most 1048576 examples");
        require(epochs >= 1 && epochs <= 10_000, "the number of epochs must lie between 1 and 10000");
        require(maxLength >= 0, "the maximum length must not be negative");
        require(warmupShare >= 0 && warmupShare <= 1, "the share of warm-up must lie between 0 and 1");
        require(weightDecay >= 0 && weightDecay < 1, "the weight decay must be at least 0 and below 1");
        require(maxGradNorm >= 0, "the maximum gradient norm must not be negative");
        require(frozenLayers >= 0, "the number of frozen layers must not be negative");
        require(precision != Precision.INT8, "int8 has no gradients; train in FP32, BF16, FP16 or AUTO");
        require(
                evaluateEvery >= 0 && patience >= 0 && threads >= 0,
                "numbers of steps and threads must not be negative");
    }

    /** Examples per optimiser step. */
    int examplesPerStep() {
        return batchSize * accumulation;
    }

    AdamW adamW(int steps) {
        return AdamW.over(steps, learningRate, warmupShare, weightDecay, maxGradNorm);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }

    /** The hyperparameters in the appendix of the BERT paper, with early stopping. */
    public static FineTuningOptions defaults() {
        return new Builder().build();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.learningRate = learningRate;
        builder.batchSize = batchSize;
        builder.accumulation = accumulation;
        builder.epochs = epochs;
        builder.maxLength = maxLength;
        builder.warmupShare = warmupShare;
        builder.weightDecay = weightDecay;
        builder.maxGradNorm = maxGradNorm;
        builder.frozenLayers = frozenLayers;
        builder.frozenEmbeddings = frozenEmbeddings;
        builder.seed = seed;
        builder.precision = precision;
        builder.device = device;
        builder.loss = loss;
        builder.evaluateEvery = evaluateEvery;
        builder.patience = patience;
        builder.threads = threads;
        return builder;
    }

    public static final class Builder {
        private double learningRate = 5e-5;
        private int batchSize = 32;
        private int accumulation = 1;
        private int epochs = 3;
        private int maxLength = 128;
        private double warmupShare = 0.1;
        private double weightDecay = 0.01;
        private double maxGradNorm = 1.0;
        private int frozenLayers;
        private boolean frozenEmbeddings;
        private long seed = 42;
        private Precision precision = Precision.AUTO;
        private String device = "auto";
        private Loss loss = Loss.CROSS_ENTROPY;
        private int evaluateEvery;
        private int patience;
        private int threads;

        public Builder learningRate(double value) {
            learningRate = value;
            return this;
        }

        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        public Builder accumulation(int value) {
            accumulation = value;
            return this;
        }

        public Builder epochs(int value) {
            epochs = value;
            return this;
        }

        public Builder maxLength(int value) {
            maxLength = value;
            return this;
        }

        public Builder warmupShare(double value) {
            warmupShare = value;
            return this;
        }

        public Builder weightDecay(double value) {
            weightDecay = value;
            return this;
        }

        public Builder maxGradNorm(double value) {
            maxGradNorm = value;
            return this;
        }

        public Builder frozenLayers(int value) {
            frozenLayers = value;
            return this;
        }

        public Builder frozenEmbeddings(boolean value) {
            frozenEmbeddings = value;
            return this;
        }

        public Builder seed(long value) {
            seed = value;
            return this;
        }

        public Builder precision(Precision value) {
            precision = value;
            return this;
        }

        public Builder device(String value) {
            device = value;
            return this;
        }

        public Builder loss(Loss value) {
            loss = value;
            return this;
        }

        public Builder evaluateEvery(int value) {
            evaluateEvery = value;
            return this;
        }

        public Builder patience(int value) {
            patience = value;
            return this;
        }

        public Builder threads(int value) {
            threads = value;
            return this;
        }

        public FineTuningOptions build() {
            return new FineTuningOptions(
                    learningRate,
                    batchSize,
                    accumulation,
                    epochs,
                    maxLength,
                    warmupShare,
                    weightDecay,
                    maxGradNorm,
                    frozenLayers,
                    frozenEmbeddings,
                    seed,
                    precision,
                    device,
                    loss,
                    evaluateEvery,
                    patience,
                    threads);
        }
    }
}
