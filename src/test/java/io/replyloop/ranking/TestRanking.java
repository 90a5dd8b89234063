package io.replyloop.ranking;

import io.replyloop.bert.network.Precision;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings for tests: one thread, short pairs, and a cache small enough to overflow. */
record TestRanking(int queueTokens, Duration deadline, Duration budget, int fewestPairs) implements RankingConfig {
    TestRanking(int queueTokens, Duration deadline) {
        this(queueTokens, deadline, Duration.ofHours(1), 1);
    }

    @Override
    public Precision precision() {
        return Precision.FP32;
    }

    @Override
    public String device() {
        return "cpu";
    }

    @Override
    public OptionalInt threads() {
        return OptionalInt.of(1);
    }

    @Override
    public int maxLength() {
        return 64;
    }

    @Override
    public int batchTokens() {
        return 4_096;
    }

    @Override
    public int encoderLength() {
        return 64;
    }

    @Override
    public Precision encoderPrecision() {
        return Precision.FP32;
    }

    @Override
    public int encoderBatchTokens() {
        return 1_024;
    }

    @Override
    public Duration encoderPatience() {
        return Duration.ofHours(1);
    }

    @Override
    public int cachedReplies() {
        return 5;
    }
}
