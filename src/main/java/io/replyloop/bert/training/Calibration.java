package io.replyloop.bert.training;

/**
 * Temperature scaling (Guo et al., 2017): one number that divides the logits so that a probability of 0.8 is right in
 * eight cases of ten. It never changes the order of replies. Fitted on held-out pairs by minimising the negative log
 * likelihood, which is convex in the inverse temperature: Newton's method inside a bracket that only ever shrinks,
 * falling back to bisection where a Newton step would leave it.
 */
public final class Calibration {

    /** Bounds of what is believed: beyond them the held-out part is too small or too easy to tell. */
    public static final double COLDEST = 0.05;

    public static final double HOTTEST = 20;

    private static final int MAX_STEPS = 100;
    private static final double PRECISION = 1e-10;

    private Calibration() {}

    /**
     * @param logits one logit per pair: log-odds that the reply fits (of a two-label head, the difference of the two)
     * @param labels 0 to 1 per pair
     * @return the temperature, 1 when there is nothing to learn from
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

    /** Mean negative log likelihood of the labels under the logits at this temperature. */
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
