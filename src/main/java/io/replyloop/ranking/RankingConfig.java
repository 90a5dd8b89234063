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
    /** {@code fp32}, {@code bf16}, {@code fp16}, {@code int8}, or {@code auto}, which measures once per model. */
    @WithDefault("auto")
    Precision precision();

    /** {@code auto}, {@code cpu} or {@code cuda:N}. */
    @WithDefault("auto")
    String device();

    /**
     * Threads for one matrix product; by default half the cores. The threads synchronise at every operation, so if one
     * is preempted by requests or the database, all of them wait: with shared cores, more threads are slower.
     */
    OptionalInt threads();

    /** The maximum number of tokens of question and reply together; longer questions lose their oldest turns. */
    @WithDefault("96")
    int maxLength();

    /** Tokens that may wait for the device; when the queue is full, the first stage answers immediately. */
    @WithDefault("131072")
    int queueTokens();

    /**
     * Tokens that are scored together, unless a single request is larger. A CPU gains nothing from more, and the first
     * pair of a batch waits for the last; a GPU benefits from several times as many.
     */
    @WithDefault("4096")
    int batchTokens();

    /**
     * Target time for waiting and scoring together. As many candidates are scored as the device is expected to manage
     * in that time, most promising first: all of a small knowledge base on an idle server, fewer under load.
     */
    @WithDefault("PT0.05S")
    Duration budget();

    /** Candidates that are scored no matter how busy the device is. */
    @WithDefault("8")
    int fewestPairs();

    /** After this time, the first stage answers. */
    @WithDefault("PT2S")
    Duration deadline();

    /** Replies whose token ids are cached, per model. */
    @WithDefault("20000")
    int cachedReplies();

    /** The maximum number of tokens that the encoder reads; the rest of a longer text is ignored. */
    @WithDefault("128")
    int encoderLength();

    /** The encoder's precision; on a CPU, {@code auto} means int8. */
    @WithDefault("auto")
    Precision encoderPrecision();

    /** Tokens that are encoded together; the encoder's batches and the cross-encoder's take turns. */
    @WithDefault("2048")
    int encoderBatchTokens();

    /** After this time, a question is searched by its words alone, and its suggestions are not updated later. */
    @WithDefault("PT1.5S")
    Duration encoderPatience();

    default CrossEncoderOptions options() {
        int threads = threads().orElse(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        return new CrossEncoderOptions(precision(), device(), maxLength(), threads);
    }
}
