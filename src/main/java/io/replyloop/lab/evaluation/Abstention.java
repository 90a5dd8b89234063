package io.replyloop.lab.evaluation;

import io.replyloop.lab.evaluation.Suggestions.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Selective prediction: whether suggestions are withheld when they should be, and how reliable the confidence is.
 *
 * @param silent by kind of question without a reply, the share with no suggestion
 * @param sureOfNothing by kind, the share with a suggestion that is 'sure' or 'likely'
 * @param helpfulShown share of the right replies in the top three that reach the threshold
 * @param precision by confidence level, the share of right suggestions
 * @param rightByWord by confidence level, its share of all right suggestions shown
 * @param reliability the top three of each question in bins of their probability, whether shown or not
 */
record Abstention(
        int decisions,
        Map<String, Estimate> silent,
        Map<String, Estimate> sureOfNothing,
        Estimate helpfulShown,
        Map<String, Estimate> precision,
        Map<String, Double> rightByWord,
        List<Bin> reliability) {
    private static final int BINS = 10;

    /** @param probability the mean, which should be equal to the share that is {@code right} */
    record Bin(double from, double to, int count, Double probability, Double right) {}

    private record Said(String group, Suggestion suggestion, boolean right) {}

    /** @param unanswered suggestions for questions without a reply, by kind */
    static Abstention of(int decisions, List<Outcome> answered, Map<String, List<Suggestions>> unanswered) {
        Map<String, Estimate> silent = new LinkedHashMap<>();
        Map<String, Estimate> sureOfNothing = new LinkedHashMap<>();
        unanswered.forEach((kind, all) -> {
            silent.put(kind, share(all, suggestions -> suggestions.shown().isEmpty()));
            sureOfNothing.put(
                    kind,
                    share(
                            all,
                            suggestions -> suggestions.shown().stream()
                                    .anyMatch(one -> !Product.CONFIDENCE
                                            .get(Product.CONFIDENCE.size() - 1)
                                            .equals(one.word()))));
        });
        List<Outcome> helpful = answered.stream()
                .filter(outcome -> outcome.isAmong(Suggestions.ON_SCREEN))
                .toList();
        List<Said> said = new ArrayList<>();
        List<Said> first = new ArrayList<>();
        for (Outcome outcome : answered) {
            outcome.shown().forEach(one -> said.add(new Said(outcome.group(), one, outcome.fits(one))));
            outcome.first().forEach(one -> first.add(new Said(outcome.group(), one, outcome.fits(one))));
        }
        Map<String, Estimate> precision = new LinkedHashMap<>();
        Map<String, Double> rightByWord = new LinkedHashMap<>();
        long right = said.stream().filter(Said::right).count();
        for (String word : Product.CONFIDENCE) {
            List<Said> own = said.stream()
                    .filter(one -> word.equals(one.suggestion.word()))
                    .toList();
            precision.put(word, Estimate.mean(own, Said::group, one -> one.right ? 1 : 0));
            rightByWord.put(
                    word,
                    right == 0
                            ? null
                            : (double) own.stream().filter(Said::right).count() / right);
        }
        return new Abstention(
                decisions,
                silent,
                sureOfNothing,
                Estimate.mean(helpful, Outcome::group, outcome -> outcome.isShown() ? 1 : 0),
                precision,
                rightByWord,
                reliability(first));
    }

    private interface Test {
        boolean holds(Suggestions suggestions);
    }

    private static Estimate share(List<Suggestions> all, Test test) {
        return Estimate.share((int) all.stream().filter(test::holds).count(), all.size());
    }

    private static List<Bin> reliability(List<Said> first) {
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            int number = bin;
            List<Said> own = first.stream()
                    .filter(one -> Math.min(BINS - 1, (int) (one.suggestion.probability() * BINS)) == number)
                    .toList();
            double right = own.stream().filter(Said::right).count();
            bins.add(new Bin(
                    (double) bin / BINS,
                    (bin + 1.0) / BINS,
                    own.size(),
                    own.isEmpty()
                            ? null
                            : own.stream()
                                    .mapToDouble(one -> one.suggestion.probability())
                                    .average()
                                    .orElseThrow(),
                    own.isEmpty() ? null : right / own.size()));
        }
        return bins;
    }
}
