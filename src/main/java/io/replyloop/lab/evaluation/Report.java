package io.replyloop.lab.evaluation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** All figures, as written to {@code evaluation.json}. */
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
     * The figures of a method after a number of decisions.
     *
     * @param shown share of the questions whose right reply an agent would have seen
     */
    record Learning(
            String method, int decisions, Estimate recallAt1, Estimate recallAt3, Estimate mrr, Estimate shown) {
        static Learning of(String method, int decisions, List<Outcome> outcomes) {
            Outcome.Figures figures = Outcome.Figures.of(outcomes);
            Estimate shown = Estimate.mean(outcomes, Outcome::group, outcome -> outcome.isShown() ? 1 : 0);
            return new Learning(method, decisions, figures.recallAt1(), figures.recallAt3(), figures.mrr(), shown);
        }
    }

    /** The gain of a training run on the decisions, for the same questions. */
    record Gain(int decisions, Learning before, Learning after, Estimate gainAt1, Estimate gainAt3) {}

    /** Explains the fields in the file. */
    @JsonProperty
    Map<String, String> meaning() {
        return Map.of(
                "interval", "low and high: 95 %, by resampling conversations; exact for shares of 0 and 1",
                "order",
                        "recallAt1, recallAt3 and mrr are those of the whole ranking, including suggestions below the"
                                + " threshold",
                "shown", "suggestions above the threshold of the model, which agents see");
    }
}
