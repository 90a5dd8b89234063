package io.replyloop.suggestion;

import io.replyloop.knowledge.ReplyText;
import io.replyloop.ranking.Scored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses from a ranking what an agent sees: only what is probable enough, no text twice, a few at most, and replies in
 * the customer's language before those in another.
 *
 * @param shown best first; empty when the models are unsure
 * @param others the rest, best first, as far as it is kept for learning
 */
public record Shortlist(List<Scored> shown, List<Scored> others) {
    /**
     * @param ranked best first
     * @param most how many are shown at most
     * @param kept how many candidates are kept in all
     */
    public static Shortlist of(String question, List<Scored> ranked, double threshold, int most, int kept) {
        List<Scored> shown = new ArrayList<>();
        List<Scored> others = new ArrayList<>();
        Set<String> texts = new HashSet<>();
        for (Scored scored : preferLanguageOf(question, ranked)) {
            boolean wanted = shown.size() < most && scored.probability() >= threshold;
            if (wanted && texts.add(ReplyText.normalised(scored.candidate().text()))) {
                shown.add(scored);
            } else {
                others.add(scored);
            }
        }
        int room = Math.max(0, Math.min(others.size(), kept - shown.size()));
        return new Shortlist(List.copyOf(shown), List.copyOf(others.subList(0, room)));
    }

    private static List<Scored> preferLanguageOf(String question, List<Scored> ranked) {
        Writing customers = Writing.of(question);
        List<Scored> suitable = new ArrayList<>();
        List<Scored> foreign = new ArrayList<>();
        for (Scored scored : ranked) {
            boolean suits = customers.suits(Writing.of(scored.candidate().text()));
            (suits ? suitable : foreign).add(scored);
        }
        suitable.addAll(foreign);
        return suitable;
    }
}
