package io.replyloop.live;

/** A token bucket: allows bursts up to its capacity and limits the average rate. Not thread-safe. */
final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private final int capacity;
    private final double perSecond;
    private double tokens;
    private long filledAt;

    TokenBucket(int capacity, double perSecond, long now) {
        this.capacity = capacity;
        this.perSecond = perSecond;
        this.tokens = capacity;
        this.filledAt = now;
    }

    boolean take(long now) {
        fill(now);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /**
     * Takes tokens for something that has already happened; the debt is at most the capacity.
     *
     * @param count negative to return tokens
     */
    void takeUnconditionally(int count, long now) {
        fill(now);
        tokens = Math.max(-capacity, Math.min(capacity, tokens - count));
    }

    void refund(long now) {
        fill(now);
        tokens = Math.min(capacity, tokens + 1);
    }

    /** How long until the next token is available. */
    long millisUntilNext(long now) {
        fill(now);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * 1000 / perSecond);
    }

    private void fill(long now) {
        tokens = Math.min(capacity, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
        filledAt = now;
    }
}
