package io.replyloop.bert.training;

/**
 * Temperature scaling (Guo et al., 2017): divides the logits by one number, so that predictions of 0.8 are right in
 * eight of ten cases, without changing the order of replies. The temperature minimises the negative log likelihood of
 * held-out pairs, which is convex in the inverse temperature: Newton's method inside a shrinking bracket, with
 * bisection when a Newton step would leave it.
 */
public final class Calibration {

    /** Bounds of plausible temperatures: beyond them the held-out part is too small or too easy. */
    public static final double COLDEST = 0.05;

    public static final double HOTTEST = 20;

    private static final int MAX_STEPS = 100;
    private static final double PRECISION = 1e-10;

    private Calibration() {}

    /**
     * @param logits one per pair: log-odds that the reply fits (with a two-label head, the difference of the two)
     * @param labels 0 to 1 per pair
     * @return the temperature; 1 if there is nothing to fit
     */
    public static double temperature(double[] logits, double[] labels) {
        if (logits.length != labels.length) {
            throw new IllegalArgumentException(logits.length + " logits but " + labels.length + " labels");
        }
        if (logits.length == 0) {
            return 1;
        }
        double low = 1 / HOTTEST;
        double high = 1 / COLDEST;
        double inverse = 1;
        for (int step = 0; step < MAX_STEPS && high - low > PRECISION; step++) {
            double slope = 0;
            double curvature = 0;
            for (int i = 0; i < logits.length; i++) {
                double p = sigmoid(inverse * logits[i]);
                slope += (p - labels[i]) * logits[i];
                curvature += p * (1 - p) * logits[i] * logits[i];
            }
            if (slope == 0) {
                break;
            }
            if (slope > 0) {
                high = inverse;
            } else {
                low = inverse;
            }
            double next = inverse - slope / curvature;
            if (!(next > low && next < high)) {
                next = (low + high) / 2;
            }
            if (Math.abs(next - inverse) < PRECISION) {
                inverse = next;
                break;
            }
            inverse = next;
        }
        return 1 / inverse;
    }

    /** Mean negative log likelihood of the labels at this temperature. */
    public static double negativeLogLikelihood(double[] logits, double[] labels, double temperature) {
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            double z = logits[i] / temperature;
            sum += softplus(z) - labels[i] * z;
        }
        return sum / logits.length;
    }

    public static double sigmoid(double logit) {
        return logit >= 0 ? 1 / (1 + Math.exp(-logit)) : Math.exp(logit) / (1 + Math.exp(logit));
    }

    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
}
