package io.replyloop.ranking;

/** The speed of a device, as a moving average with a half-life of about ten batches. */
final class Speed {
    private static final double WEIGHT_OF_NEWEST = 0.07;

    private volatile double secondsPerToken;

    /** Called by one thread at a time. */
    void measured(int tokens, long nanos) {
        if (tokens == 0) {
            return;
        }
        double newest = nanos / 1e9 / tokens;
        // The first passes are slow for other reasons, so a much faster one replaces the average immediately.
        secondsPerToken = secondsPerToken == 0 || newest < secondsPerToken / 2
                ? newest
                : secondsPerToken + WEIGHT_OF_NEWEST * (newest - secondsPerToken);
    }

    double tokensPerSecond() {
        return secondsPerToken == 0 ? Double.POSITIVE_INFINITY : 1 / secondsPerToken;
    }
}
