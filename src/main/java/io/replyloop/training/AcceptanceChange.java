package io.replyloop.training;

import io.replyloop.feedback.AcceptanceReader.Answer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * How much more often agents take the first suggestion under one model than under the one before. The questions are other
 * ones, so the two samples are drawn by themselves (Efron and Tibshirani, 1993), conversation by conversation.
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
        Random random = new Random(1);
        double[] ofBefore = shares(before, random);
        double[] ofAfter = shares(after, random);
        double[] differences = new double[RESAMPLES];
        Arrays.setAll(differences, i -> ofAfter[i] - ofBefore[i]);
        Arrays.sort(differences);
        double shareBefore = share(before);
        double shareAfter = share(after);
        return new AcceptanceChange(
                shareBefore,
                shareAfter,
                shareAfter - shareBefore,
                differences[(int) (TAIL * RESAMPLES)],
                differences[(int) ((1 - TAIL) * RESAMPLES) - 1]);
    }

    boolean isDrop() {
        return high < 0;
    }

    private static double[] shares(List<Answer> answers, Random random) {
        Map<UUID, List<Answer>> byConversation = answers.stream().collect(Collectors.groupingBy(Answer::conversation));
        List<List<Answer>> conversations = byConversation.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
        // As in the gate: a draw with repetition varies less than a new set of conversations would.
        double widened = conversations.size() > 1 ? Math.sqrt(conversations.size() / (conversations.size() - 1.0)) : 1;
        double share = share(answers);
        double[] shares = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            long taken = 0;
            long count = 0;
            for (int j = 0; j < conversations.size(); j++) {
                List<Answer> drawn = conversations.get(random.nextInt(conversations.size()));
                taken += taken(drawn);
                count += drawn.size();
            }
            shares[i] = share + widened * ((double) taken / count - share);
        }
        return shares;
    }

    private static double share(List<Answer> answers) {
        return (double) taken(answers) / answers.size();
    }

    private static long taken(Collection<Answer> answers) {
        return answers.stream().filter(Answer::first).count();
    }
}
