package io.replyloop.dataset;

import io.replyloop.feedback.DecisionMade;
import io.replyloop.feedback.Examination;
import io.replyloop.feedback.Outcome;
import io.replyloop.knowledge.ReplyText;
import io.replyloop.privacy.PersonalData;
import io.replyloop.suggestion.ImpressionView;
import io.replyloop.suggestion.ImpressionView.Candidate;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What a decision teaches. The reply that was used fits (1), and so do the agent's own words. A heavily edited
 * suggestion gets no label, because it was neither right nor passed over; nor does one that was rejected for its tone or its
 * age. An agent reads from the top: suggestions above the one used were passed over and do not fit (0), and so are all of
 * them where the agent went on to a reply that was not among them. That is evidence as far as they were looked at: one that
 * stands where agents look but half the time becomes a negative half the time ({@link Examination}).
 *
 * <p>Ignored is no negative: what stood below the suggestion used, what was not on the screen, and everything shown where the
 * agent just wrote something, which may say the same in other words, get no label at all.
 *
 * <p>From the candidates that were not shown come some more negatives, so that a run learns to tell the right reply from
 * likely ones: in turn the best by words, meaning and memory, and the best by the model. No negative says the same as a
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
    private final Examination examination;
    private final List<Label> labels = new ArrayList<>();
    private final Set<String> said = new HashSet<>();

    private Labelling(
            DecisionMade decision, ImpressionView impression, Map<UUID, String> words, Examination examination) {
        this.decision = decision;
        this.impression = impression;
        this.words = words;
        this.examination = examination;
    }

    /**
     * @param words the text of each candidate, as it was when it was ranked
     * @param negatives how many of them at most
     * @param examination how surely agents look at each place
     */
    static List<Label> of(
            DecisionMade decision,
            ImpressionView impression,
            Map<UUID, String> words,
            int negatives,
            Examination examination) {
        Labelling labelling = new Labelling(decision, impression, words, examination);
        if (decision.outcome() == Outcome.REJECTED) {
            labelling.addRejected();
        } else {
            labelling.addPositives();
            labelling.addNegatives(negatives);
        }
        return labelling.labels;
    }

    /** A reply of the wrong tone, or one that has grown old, is still the answer to the question. */
    private void addRejected() {
        if (decision.reason().isOfTheQuestion()) {
            add(decision.reply(), words.get(decision.reply()), 0);
        }
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
        for (Candidate candidate : passedOver()) {
            addNegative(candidate, positives + most);
        }
        // They are no negatives, and nor is a reply of the same words.
        impression
                .shown()
                .forEach(
                        candidate -> said.add(ReplyText.normalised(PersonalData.masked(words.get(candidate.reply())))));
        List<Candidate> byFirstStage =
                impression.candidates().stream().sorted(BY_FIRST_STAGE).toList();
        List<Candidate> byModel = impression.candidates();
        for (int i = 0; i < byModel.size(); i++) {
            addNegative(byFirstStage.get(i), positives + most);
            addNegative(byModel.get(i), positives + most);
        }
    }

    /** In the order of the screen. */
    private List<Candidate> passedOver() {
        if (decision.reply() == null || !decision.onScreen()) {
            return List.of();
        }
        int end = impression
                .candidate(decision.reply())
                .filter(Candidate::shown)
                .map(Candidate::position)
                .orElse(Integer.MAX_VALUE);
        return impression.shown().stream()
                .filter(candidate -> candidate.position() < end && wasLookedAt(candidate))
                .toList();
    }

    /** By chance, but the same each time that the decision is looked at. */
    private boolean wasLookedAt(Candidate candidate) {
        UUID draw = UUID.nameUUIDFromBytes(
                (decision.decision() + " " + candidate.reply()).getBytes(StandardCharsets.US_ASCII));
        return (draw.getLeastSignificantBits() & 0xFFFFFF) / (double) 0x1000000 < examination.at(candidate.position());
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
