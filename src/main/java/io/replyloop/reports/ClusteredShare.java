package io.replyloop.reports;

/**
 * The mean of a value over questions, and how far it could have come out elsewhere. Questions of one conversation resemble
 * each other, so the error is that of a ratio over conversations (Cochran, Sampling Techniques, 1977, 9A): no more precise
 * than conversations are many.
 *
 * @param clusters conversations
 * @param count questions
 * @param sum of the values
 * @param squares sum of the squared sums of each conversation
 * @param products sum of each conversation's sum times its count
 * @param counts sum of the squared counts
 */
record ClusteredShare(long clusters, long count, double sum, double squares, double products, double counts) {
    /** On fewer questions, or of fewer conversations, an interval would promise too much. */
    static final int FEWEST = 30;

    static final int FEWEST_CONVERSATIONS = 15;

    /** Of a normal distribution, 95 of 100 lie within so many standard errors. */
    private static final double NINETY_FIVE = 1.96;

    private static final double ROUNDING = 1e-9;

    boolean isEnough() {
        return count >= FEWEST && clusters >= FEWEST_CONVERSATIONS;
    }

    double mean() {
        return count == 0 ? 0 : sum / count;
    }

    double error() {
        double mean = mean();
        double deviations = squares - 2 * mean * products + mean * mean * counts;
        return deviations > ROUNDING * count
                ? Math.sqrt(deviations * clusters / (clusters - 1.0)) / count
                : errorOfEquals();
    }

    /** Where all are equal, others need not be: as if four more conversations had been halved (Agresti and Coull, 1998). */
    private double errorOfEquals() {
        double all = clusters + 4.0;
        double share = 2 / all;
        return Math.sqrt(share * (1 - share) / all);
    }

    double margin() {
        return NINETY_FIVE * error();
    }

    /** Of the difference to another period, whose questions are other ones. */
    double marginTo(ClusteredShare other) {
        return NINETY_FIVE * Math.hypot(error(), other.error());
    }
}
