package io.replyloop.ranking;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalInt;

@StaticInitSafe
@ConfigMapping(prefix = "replyloop.ranking")
interface RankingConfig {
    /** {@code fp32}, {@code bf16}, {@code fp16}, {@code int8}, or {@code auto}, which measures once for each model. */
    @WithDefault("auto")
    Precision precision();

    /** {@code auto}, {@code cpu} or {@code cuda:N}. */
    @WithDefault("auto")
    String device();

    /**
     * Threads of one matrix product; half the cores unless told. They wait for each other at every operation, so one
     * that the requests or the database have pushed aside holds up all: where the cores are shared, more is slower.
     */
    OptionalInt threads();

    /** Tokens of question and reply together; longer questions lose their oldest turns. */
    @WithDefault("96")
    int maxLength();

    /** Tokens that may wait for the device; whoever comes when it is full is answered by the first stage at once. */
    @WithDefault("131072")
    int queueTokens();

    /**
     * Tokens that are scored together at most, unless one request alone is larger. A CPU gains nothing from more, and
     * the first of a batch waits for the last; a GPU wants several times as many.
     */
    @WithDefault("4096")
    int batchTokens();

    /**
     * Time that waiting and scoring should take. As many candidates are scored as the device is expected to manage in
     * it, the most promising of the first stage first: all of a small knowledge base when nobody else asks, fewer under
     * load.
     */
    @WithDefault("PT0.05S")
    Duration budget();

    /** Candidates that are scored however busy the device is. */
    @WithDefault("8")
    int fewestPairs();

    /** After so long, the first stage answers. */
    @WithDefault("PT2S")
    Duration deadline();

    /** Replies whose token ids are kept for each model. */
    @WithDefault("20000")
    int cachedReplies();

    /** Tokens of a text that the encoder reads; of a longer one, the first. */
    @WithDefault("128")
    int encoderLength();

    /** As what the encoder computes; on a CPU {@code auto} is int8. */
    @WithDefault("auto")
    Precision encoderPrecision();

    /** Tokens that the encoder reads together at most; it has its turn between two batches of the cross-encoder. */
    @WithDefault("2048")
    int encoderBatchTokens();

    /** After so long, a question is looked for by its words alone, and what it gets then stays. */
    @WithDefault("PT1.5S")
    Duration encoderPatience();

    default CrossEncoderOptions options() {
        int threads = threads().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        return new CrossEncoderOptions(precision(), device(), maxLength(), threads);
    }
}
