package io.replyloop.suggestion;

import io.replyloop.knowledge.ReplyText;
import io.replyloop.platform.Script;
import io.replyloop.ranking.Scored;
import io.replyloop.retrieval.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Chooses from a ranking what an agent sees: only what is probable enough, no text twice and none that was sent just now,
 * a few at most, and replies in the customer's language before those in another that are not far more probable. To
 * thanks, a greeting or a goodbye it is silent but for replies of that kind.
 *
 * @param shown best first; empty when the models are unsure
 * @param others the rest, best first, as far as it is kept for learning
 */
public record Shortlist(List<Scored> shown, List<Scored> others) {
    /**
     * So much memory of a small word means that the team has answered it with that reply before: on the scale of
     * logarithms, a probability of 0.5. After 200 decisions about other things, of 73 small words the likeliest reply to
     * "拜拜" has 0.89 by accident and all others less; what three thanks were answered with has 0.91 to 1 for most thanks.
     */
    private static final double ANSWERED_BEFORE = 0.9;

    private static final double FOREIGN = 4;

    /**
     * @param query the last turns, a line each with its mark, which the question ends
     * @param question what the customer asks, a line for each message
     * @param ranked best first
     * @param most how many are shown at most
     * @param kept how many candidates are kept in all
     */
    public static Shortlist of(
            String query, String question, List<Scored> ranked, double threshold, int most, int kept) {
        return of(new QueryText(query, question, 0), ranked, threshold, most, kept);
    }

    static Shortlist of(QueryText text, List<Scored> ranked, double threshold, int most, int kept) {
        List<Scored> shown = new ArrayList<>();
        List<Scored> others = new ArrayList<>();
        Set<SmallTalk> smallTalk = SmallTalk.of(text.question());
        Set<String> texts = new HashSet<>();
        text.justSent().forEach(sent -> texts.add(ReplyText.normalised(sent)));
        for (Scored scored : preferLanguageOf(text.question(), ranked)) {
            boolean wanted = shown.size() < most && scored.probability() >= threshold && suits(scored, smallTalk);
            if (wanted && texts.add(ReplyText.normalised(scored.candidate().text()))) {
                shown.add(scored);
            } else {
                others.add(scored);
            }
        }
        int room = Math.max(0, Math.min(others.size(), kept - shown.size()));
        return new Shortlist(List.copyOf(shown), List.copyOf(others.subList(0, room)));
    }

    private static boolean suits(Scored scored, Set<SmallTalk> kinds) {
        Candidate candidate = scored.candidate();
        return kinds.isEmpty()
                || candidate.evidence().memory() >= ANSWERED_BEFORE
                || kinds.stream().anyMatch(kind -> kind.isAnsweredBy(candidate.title(), candidate.text()));
    }

    private record Preferred(Scored scored, double probability) {}

    /** A reply in another language has to be four times as probable: an agent must translate it. */
    private static List<Scored> preferLanguageOf(String question, List<Scored> ranked) {
        Script customers = Script.of(question);
        return ranked.stream()
                .map(scored -> {
                    boolean suits = customers.suits(Script.of(scored.candidate().text()));
                    return new Preferred(scored, suits ? scored.probability() : scored.probability() / FOREIGN);
                })
                .sorted(Comparator.comparingDouble(Preferred::probability).reversed())
                .map(Preferred::scored)
                .toList();
    }
}
