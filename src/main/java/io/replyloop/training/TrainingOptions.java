package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.replyloop.bert.checkpoint.CheckpointInfo;
import io.replyloop.bert.training.FineTuningOptions;
import io.replyloop.bert.training.Loss;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What an admin may set for a run; whatever is left out follows from the amount of data and the size of the network.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingOptions(
        @Schema(description = "Largest learning rate of AdamW", examples = "0.00002")
        @DecimalMin("1e-7")
        @DecimalMax("0.01")
        Double learningRate,

        @Schema(description = "How often each example is seen", examples = "3") @Min(1) @Max(100)
        Integer epochs,

        @Schema(description = "Pairs per step", examples = "16") @Min(1) @Max(512)
        Integer batchSize,

        @Schema(description = "Tokens of question and reply together", examples = "128") @Min(16) @Max(512)
        Integer maxLength,

        @Schema(description = "How many of the lowest layers stay as they are", examples = "0") @Min(0) @Max(48)
        Integer frozenLayers,

        @Schema(description = "Whether the embeddings stay as they are", examples = "false")
        Boolean frozenEmbeddings,

        @Schema(description = "Start of the random numbers; the same seed gives the same run", examples = "1")
        Long seed) {

    public static final TrainingOptions DEFAULTS = new TrainingOptions(null, null, null, null, null, null, null);

    /** Below this many pairs, the lower half of the network stays as it is: there is too little to move it well. */
    private static final int FEW_PAIRS = 500;

    /** Below this many, the word embeddings stay: most words of the language never occur, and would drift apart. */
    private static final int SOME_PAIRS = 5_000;

    /** A small network needs some hundred steps to move at all, whatever the amount of data. */
    private static final int STEPS_WANTED = 300;

    public FineTuningOptions forData(int pairs, CheckpointInfo network, int threads) {
        int batch = or(batchSize, pairs < FEW_PAIRS ? 16 : 32);
        int stepsPerEpoch = Math.max(1, (pairs + batch - 1) / batch);
        int enoughEpochs = Math.max(2, Math.min(10, (STEPS_WANTED + stepsPerEpoch - 1) / stepsPerEpoch));
        int lowerHalf = pairs < FEW_PAIRS ? network.layers() / 2 : 0;
        return FineTuningOptions.defaults().toBuilder()
                .learningRate(or(learningRate, usualRate(network.hidden())))
                .batchSize(batch)
                .epochs(or(epochs, enoughEpochs))
                .maxLength(Math.min(or(maxLength, 128), network.maxLength()))
                .frozenLayers(Math.min(or(frozenLayers, lowerHalf), network.layers()))
                .frozenEmbeddings(or(frozenEmbeddings, pairs < SOME_PAIRS))
                .seed(or(seed, 42L))
                .loss(Loss.CROSS_ENTROPY)
                .patience(3)
                .threads(threads)
                .build();
    }

    /** The narrower a network, the larger the steps that it bears; 3e-5 is BERT-base's own. */
    private static double usualRate(int hidden) {
        if (hidden <= 256) {
            return 2e-4;
        }
        return hidden <= 512 ? 1e-4 : 3e-5;
    }

    private static <T> T or(T value, T otherwise) {
        return value == null ? otherwise : value;
    }
}
