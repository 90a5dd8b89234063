package io.replyloop.retrieval;

import java.util.List;

/** What would have spoken for replies if nobody had ever answered or rejected anything. */
public final class FirstDay {
    private FirstDay() {}

    /**
     * The evidence for the candidates of one question without what decisions have taught: words and meaning as they are, no
     * memory, and as share what {@link MeaningMemory} makes of meaning alone. The candidates stand for all replies: what
     * was not among them was far from the question. What a rejection has taken off words and meaning is not given back.
     */
    public static List<Evidence> of(List<Evidence> candidates) {
        double highest = candidates.stream().mapToDouble(FirstDay::score).max().orElse(0);
        double sum = candidates.stream()
                .mapToDouble(one -> Math.exp(score(one) - highest))
                .sum();
        return candidates.stream()
                .map(one -> new Evidence(
                        one.firstStage(),
                        one.meaning(),
                        0,
                        0,
                        one.meaning() > 0 ? Math.exp(score(one) - highest) / sum : 0,
                        one.unfamiliar()))
                .toList();
    }

    /** Regression and votes before either has learned: both grow with how near a reply is. */
    private static double score(Evidence one) {
        return MeaningMemory.REGRESSIONS_SHARE * ReplyRegression.FIRST_SCALE * one.meaning()
                + (1 - MeaningMemory.REGRESSIONS_SHARE) * Math.log(QuestionVotes.vote(one.meaning()));
    }
}
