package io.replyloop.live;

/** Lets bursts pass and holds a rate. Not for several threads at once. */
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
     * What has happened already counts, too: it is waited for, though not without end.
     *
     * @param count below 0 for what was told before and has not happened after all
     */
    void takeAnyway(int count, long now) {
        fill(now);
        tokens = Math.max(-capacity, Math.min(capacity, tokens - count));
    }

    void giveBack(long now) {
        fill(now);
        tokens = Math.min(capacity, tokens + 1);
    }

    /** How long until there is a token again. */
    long millisUntilNext(long now) {
        fill(now);
        return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) * 1000 / perSecond);
    }

    private void fill(long now) {
        tokens = Math.min(capacity, tokens + (now - filledAt) / NANOS_PER_SECOND * perSecond);
        filledAt = now;
    }
}
