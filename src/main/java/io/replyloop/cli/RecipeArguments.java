package io.replyloop.cli;

import io.replyloop.bert.network.Precision;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.Loss;
import picocli.CommandLine.Option;

/** The options that training and searching have in common. */
final class RecipeArguments {
    @Option(
            names = "--accumulate",
            defaultValue = "1",
            description = "batches accumulated for one step; default: ${DEFAULT-VALUE}")
    private int accumulation;

    @Option(names = "--max-length", defaultValue = "128", description = "tokens per pair; default: ${DEFAULT-VALUE}")
    private int maxLength;

    @Option(names = "--warmup", defaultValue = "0.1", description = "share of the steps; default: ${DEFAULT-VALUE}")
    private double warmup;

    @Option(names = "--weight-decay", defaultValue = "0.01", description = "default: ${DEFAULT-VALUE}")
    private double weightDecay;

    @Option(
            names = "--max-grad-norm",
            defaultValue = "1.0",
            description = "0 disables clipping; default: ${DEFAULT-VALUE}")
    private double maxGradNorm;

    @Option(names = "--freeze-embeddings", description = "do not train the embeddings")
    private boolean frozenEmbeddings;

    @Option(names = "--seed", defaultValue = "42", description = "default: ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--precision",
            defaultValue = "AUTO",
            description = "FP32; BF16 or FP16 for mixed precision over fp32 weights; AUTO measures (default)")
    private Precision precision;

    @Option(names = "--device", defaultValue = "auto", description = "auto (default), cpu or cuda:N")
    private String device;

    @Option(
            names = "--loss",
            defaultValue = "CROSS_ENTROPY",
            description =
                    "CROSS_ENTROPY for classes (default), MEAN_SQUARED_ERROR for grades from 0 to 1, LIST_WISE over"
                            + " the replies of one group")
    private Loss loss;

    @Option(
            names = "--evaluate-every",
            defaultValue = "0",
            description = "steps between evaluations on the dev part; 0 is once per epoch (default)")
    private int evaluateEvery;

    @Option(
            names = "--patience",
            defaultValue = "0",
            description = "evaluations without improvement after which a run stops; 0 disables this (default)")
    private int patience;

    @Option(names = "--threads", defaultValue = "0", description = "0 is all cores (default)")
    private int threads;

    FineTuningOptions.Builder builder() {
        return FineTuningOptions.defaults().toBuilder()
                .accumulation(accumulation)
                .maxLength(maxLength)
                .warmupShare(warmup)
                .weightDecay(weightDecay)
                .maxGradNorm(maxGradNorm)
                .frozenEmbeddings(frozenEmbeddings)
                .seed(seed)
                .precision(precision)
                .device(device)
                .loss(loss)
                .evaluateEvery(evaluateEvery)
                .patience(patience)
                .threads(threads);
    }
}
