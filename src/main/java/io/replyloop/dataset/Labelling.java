package io.replyloop.dataset;

import io.replyloop.feedback.DecisionMade;
import io.replyloop.feedback.Outcome;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.privacy.PersonalData;
import io.replyloop.suggestion.ImpressionView;
import io.replyloop.suggestion.ImpressionView.Candidate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a decision teaches. The reply that was used fits (1), and so do the agent's own words. A heavily edited
 * suggestion gets no label, because it was neither right nor passed over. An agent reads from the top: suggestions
 * above the one used were seen and did not fit (0), and all of them when the answer is the agent's own; those below may
 * never have been read, and are treated like candidates that were not shown.
 *
 * <p>From those come some more negatives, so that a run learns to tell the right reply from likely ones: in turn the
 * best by words, meaning and memory, and the best by the model, whose mistakes teach it most. No negative says the same as a
 * positive, and none of the texts holds personal data.
 */
final class Labelling {
    /** @param reply null for an agent's own words */
    record Label(UUID reply, String text, double label) {}

    private static final Comparator<Candidate> BY_FIRST_STAGE =
            Comparator.comparingDouble(candidate -> -candidate.firstStage() - candidate.meaning() - candidate.memory());

    private final DecisionMade decision;
    private final ImpressionView impression;
    private final Map<UUID, String> words;
    private final List<Label> labels = new ArrayList<>();
    private final Set<String> said = new HashSet<>();

    private Labelling(DecisionMade decision, ImpressionView impression, Map<UUID, String> words) {
        this.decision = decision;
        this.impression = impression;
        this.words = words;
    }

    /**
     * @param words the text of each candidate, as it was when it was ranked
     * @param negatives how many of them at most
     */
    static List<Label> of(DecisionMade decision, ImpressionView impression, Map<UUID, String> words, int negatives) {
        Labelling labelling = new Labelling(decision, impression, words);
        if (decision.outcome() == Outcome.REJECTED) {
            labelling.add(decision.reply(), words.get(decision.reply()), 0);
        } else {
            labelling.addPositives();
            labelling.addNegatives(negatives);
        }
        return labelling.labels;
    }

    private void addPositives() {
        UUID reply = decision.reply();
        if (reply != null && decision.accepted()) {
            add(reply, words.getOrDefault(reply, decision.textSent()), 1);
        }
        add(null, decision.textSent(), 1);
        if (reply != null && words.containsKey(reply)) {
            // Takes a heavily edited suggestion out of the negatives.
            said.add(ReplyText.normalised(PersonalData.masked(words.get(reply))));
        }
    }

    private void addNegatives(int most) {
        int positives = labels.size();
        for (Candidate candidate : seenAndPassedOver()) {
            addNegative(candidate, positives + most);
        }
        List<Candidate> byFirstStage =
                impression.candidates().stream().sorted(BY_FIRST_STAGE).toList();
        List<Candidate> byModel = impression.candidates();
        for (int i = 0; i < byModel.size(); i++) {
            addNegative(byFirstStage.get(i), positives + most);
            addNegative(byModel.get(i), positives + most);
        }
    }

    private List<Candidate> seenAndPassedOver() {
        boolean usedOne = decision.outcome() != Outcome.OWN_TEXT;
        int end = usedOne ? impression.candidate(decision.reply()).orElseThrow().position() : Integer.MAX_VALUE;
        return impression.shown().stream()
                .filter(candidate -> candidate.position() < end)
                .toList();
    }

    private void addNegative(Candidate candidate, int most) {
        if (labels.size() < most) {
            add(candidate.reply(), words.get(candidate.reply()), 0);
        }
    }

    private void add(UUID reply, String text, double label) {
        String kept = PersonalData.masked(text);
        if (kept != null && said.add(ReplyText.normalised(kept))) {
            labels.add(new Label(reply, kept, label));
        }
    }
}
