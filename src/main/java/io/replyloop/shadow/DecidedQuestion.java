package io.replyloop.shadow;

import io.replyloop.knowledge.ReplyReader.Version;
import io.replyloop.training.ClusterBootstrap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.ToDoubleFunction;

/**
 * A question that an agent has answered, with what was on the screen and what would have been.
 *
 * @param query as the models read it, without personal data
 * @param right the reply that the agent used; null if the words were the agent's own
 * @param rightVersion the version in which it was a candidate; null where it was none
 * @param champion what the serving model showed, best first
 * @param challenger what the other would have shown, best first
 */
record DecidedQuestion(
        UUID conversation,
        String query,
        UUID right,
        Version rightVersion,
        List<Shown> champion,
        List<Shown> challenger) {

    /** As many as it takes for the verdict of a run. */
    static final int FEWEST_QUESTIONS = 30;

    static final int FEWEST_CONVERSATIONS = 15;
    private static final int RESAMPLES = 4_000;
    private static final double TAIL = 0.025;

    record Shown(Version reply, double probability) {}

    /** Over all questions that were ranked; null without any. */
    record Agreement(Double sameFirst, Double sameAll, Double millis) {}

    /** What the first place is worth: all; the second: half; the third: a third; none: nothing. */
    double gain() {
        return worth(challenger) - worth(champion);
    }

    private double worth(List<Shown> shown) {
        int place = place(shown);
        return place == 0 ? 0 : 1.0 / place;
    }

    private int place(List<Shown> shown) {
        for (int i = 0; i < shown.size(); i++) {
            if (shown.get(i).reply().reply().equals(right)) {
                return i + 1;
            }
        }
        return 0;
    }

    static ShadowComparison compare(List<DecidedQuestion> decided, Agreement agreement) {
        List<DecidedQuestion> answered =
                decided.stream().filter(one -> one.right != null).toList();
        List<ShadowComparison.Figure> figures = new ArrayList<>();
        if (!answered.isEmpty()) {
            figures.add(figure("worth", answered, DecidedQuestion::worth));
            figures.add(figure("acceptAt1", answered, (one, shown) -> one.place(shown) == 1 ? 1 : 0));
            figures.add(figure("acceptAt3", answered, (one, shown) -> one.place(shown) > 0 ? 1 : 0));
        }
        if (!decided.isEmpty()) {
            figures.add(figure("silent", decided, (one, shown) -> shown.isEmpty() ? 1 : 0));
        }
        int conversations = (int)
                answered.stream().map(DecidedQuestion::conversation).distinct().count();
        List<DecidedQuestion> elsewhere =
                answered.stream().filter(one -> one.place(one.champion) == 0).toList();
        return new ShadowComparison(
                verdict(answered.size(), conversations, figures),
                answered.size(),
                conversations,
                FEWEST_QUESTIONS,
                FEWEST_CONVERSATIONS,
                decided.size() - answered.size(),
                agreement.sameFirst,
                agreement.sameAll,
                elsewhere.size(),
                (int) elsewhere.stream()
                        .filter(one -> one.place(one.challenger) > 0)
                        .count(),
                agreement.millis,
                List.copyOf(figures),
                (int) answered.stream().filter(one -> one.gain() < 0).count(),
                (int) answered.stream().filter(one -> one.gain() > 0).count());
    }

    private static String verdict(int questions, int conversations, List<ShadowComparison.Figure> figures) {
        if (questions < FEWEST_QUESTIONS || conversations < FEWEST_CONVERSATIONS) {
            return "too-little-data";
        }
        ShadowComparison.Figure worth = figures.get(0);
        if (worth.low() > 0) {
            return "better";
        }
        return worth.high() < 0 ? "worse" : "no-difference";
    }

    private interface Measure {
        double of(DecidedQuestion question, List<Shown> shown);
    }

    private static ShadowComparison.Figure figure(String name, List<DecidedQuestion> questions, Measure measure) {
        ToDoubleFunction<DecidedQuestion> before = one -> measure.of(one, one.champion);
        ToDoubleFunction<DecidedQuestion> after = one -> measure.of(one, one.challenger);
        ClusterBootstrap difference = ClusterBootstrap.of(
                questions, DecidedQuestion::conversation, one -> after.applyAsDouble(one) - before.applyAsDouble(one));
        double[] means = difference.resampledMeans(new SplittableRandom(1), RESAMPLES);
        Arrays.sort(means);
        int tail = (int) (TAIL * RESAMPLES);
        return new ShadowComparison.Figure(
                name,
                questions.stream().mapToDouble(before).average().orElseThrow(),
                questions.stream().mapToDouble(after).average().orElseThrow(),
                difference.mean(),
                means[tail],
                means[RESAMPLES - 1 - tail]);
    }
}
