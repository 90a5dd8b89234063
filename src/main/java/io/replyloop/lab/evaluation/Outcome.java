package io.replyloop.lab.evaluation;

import io.replyloop.lab.evaluation.Suggestions.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The result for one question.
 *
 * @param rank of the right reply, from 1; 0 if it was not ranked
 * @param first the top three, whatever their probability
 * @param shown the suggestions that an agent would have seen
 */
record Outcome(String group, Set<UUID> right, int rank, List<Suggestion> first, List<Suggestion> shown) {
    static Outcome of(Moment moment, Suggestions suggestions) {
        return new Outcome(
                moment.group(),
                moment.right(),
                suggestions.rank(moment.right()),
                List.copyOf(Suggestions.first(suggestions.order())),
                List.copyOf(suggestions.shown()));
    }

    boolean isAmong(int most) {
        return rank > 0 && rank <= most;
    }

    boolean isShown() {
        return shown.stream().anyMatch(this::fits);
    }

    boolean fits(Suggestion suggestion) {
        return right.contains(suggestion.reply());
    }

    /** Figures of the ranking, including replies below the threshold. */
    record Figures(Estimate recallAt1, Estimate recallAt3, Estimate mrr) {
        static Figures of(List<Outcome> outcomes) {
            return new Figures(
                    Estimate.mean(outcomes, Outcome::group, outcome -> outcome.isAmong(1) ? 1 : 0),
                    Estimate.mean(outcomes, Outcome::group, outcome -> outcome.isAmong(3) ? 1 : 0),
                    Estimate.mean(outcomes, Outcome::group, outcome -> outcome.rank == 0 ? 0 : 1.0 / outcome.rank));
        }
    }
}
