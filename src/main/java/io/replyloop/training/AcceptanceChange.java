package io.replyloop.training;

import io.replyloop.feedback.AcceptanceReader.Answer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How much more often agents take the first suggestion under one model than under the one before. The questions are other
 * ones, so the two samples are drawn by themselves.
 *
 * @param difference of the shares
 * @param low and {@code high} hold the true difference in 99 of 100 cases
 */
record AcceptanceChange(double before, double after, double difference, double low, double high) {
    /** Fewer answers, or of fewer conversations, say nothing about a model. */
    static final int FEWEST_ANSWERS = 50;

    static final int FEWEST_CONVERSATIONS = 20;
    private static final int RESAMPLES = 2_000;

    /** Stricter than for a single look, because the page is looked at again and again. */
    private static final double TAIL = 0.005;

    static boolean isEnough(List<Answer> answers) {
        return answers.size() >= FEWEST_ANSWERS
                && answers.stream().map(Answer::conversation).distinct().count() >= FEWEST_CONVERSATIONS;
    }

    /** Both have at least one answer. */
    static AcceptanceChange of(List<Answer> before, List<Answer> after) {
        ClusterBootstrap ofBefore = shareTaken(before);
        ClusterBootstrap ofAfter = shareTaken(after);
        SplittableRandom random = new SplittableRandom(1);
        double[] sharesBefore = ofBefore.resampledMeans(random, RESAMPLES);
        double[] sharesAfter = ofAfter.resampledMeans(random, RESAMPLES);
        double[] differences = new double[RESAMPLES];
        Arrays.setAll(differences, i -> sharesAfter[i] - sharesBefore[i]);
        Arrays.sort(differences);
        return new AcceptanceChange(
                ofBefore.mean(),
                ofAfter.mean(),
                ofAfter.mean() - ofBefore.mean(),
                differences[(int) (TAIL * RESAMPLES)],
                differences[(int) ((1 - TAIL) * RESAMPLES) - 1]);
    }

    boolean isDrop() {
        return high < 0;
    }

    private static ClusterBootstrap shareTaken(List<Answer> answers) {
        return ClusterBootstrap.of(answers, Answer::conversation, answer -> answer.first() ? 1 : 0);
    }
}
