package io.replyloop.lab.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** All that was measured, as it is written to {@code evaluation.json}. */
record Report(
        Data data,
        Settings settings,
        List<Learning> learning,
        List<Gain> trainingRuns,
        List<NewReplies.Found> newReplies,
        List<Abstention> abstention,
        double seconds) {
    record Data(
            String knowledgeBase,
            int replies,
            String questionsFrom,
            int questions,
            int conversations,
            int picksOfUnknownReplies,
            int picksUnasked) {}

    record Settings(String model, String encoder, int rounds, int questionsPerRound, long seed, String budget) {}

    /**
     * A method's order after so many decisions.
     *
     * @param shown the share of questions whose right reply an agent saw
     */
    record Learning(
            String method, int decisions, Estimate recallAt1, Estimate recallAt3, Estimate mrr, Estimate shown) {
        static Learning of(String method, int decisions, List<Outcome> outcomes) {
            Outcome.Figures figures = Outcome.Figures.of(outcomes);
            Estimate shown = Estimate.mean(outcomes, Outcome::group, outcome -> outcome.isShown() ? 1 : 0);
            return new Learning(method, decisions, figures.recallAt1(), figures.recallAt3(), figures.mrr(), shown);
        }
    }

    /** What a training run on the decisions adds to the product, on the same questions. */
    record Gain(int decisions, Learning before, Learning after, Estimate gainAt1, Estimate gainAt3) {}

    /** Written out, so that the file explains itself. */
    @JsonProperty
    Map<String, String> meaning() {
        return Map.of(
                "interval", "low and high: 95 %; conversations resampled, or exact where all or nothing was hit",
                "order",
                        "recallAt1, recallAt3 and mrr take the whole order, the suggestions too improbable to show"
                                + " included",
                "shown", "what agents saw at the threshold of the model");
    }
}
