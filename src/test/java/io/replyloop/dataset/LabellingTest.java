package io.replyloop.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.replyloop.dataset.Labelling.Label;
import io.replyloop.feedback.DecisionMade;
import io.replyloop.feedback.Outcome;
import io.replyloop.suggestion.ImpressionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LabellingTest {
    private final List<ImpressionView.Candidate> candidates = new ArrayList<>();
    private final Map<UUID, String> words = new HashMap<>();
    private final UUID first = shown("first");
    private final UUID second = shown("second");
    private final UUID third = shown("third");

    @Test
    void whatWasSentFitsAndWhatStoodAboveItDoesNot() {
        var labels = labels(Outcome.SENT, second, true, "second", 1);

        assertEquals(List.of(new Label(second, "second", 1), new Label(first, "first", 0)), labels);
    }

    @Test
    void whatStoodBelowIsOnlyANegativeLikeThoseNotShown() {
        UUID unshown = unshown("unshown", 0.9);

        var labels = labels(Outcome.SENT, first, true, "first", 7);

        assertEquals(List.of("first", "unshown", "second", "third"), texts(labels));
        assertEquals(new Label(unshown, "unshown", 0), labels.get(1));
        assertEquals(List.of("first"), texts(labels(Outcome.SENT, first, true, "first", 0)));
    }

    @Test
    void aLightEditTeachesBothTheReplyAndTheAgentsWords() {
        var labels = labels(Outcome.EDITED, first, true, "first, dear", 0);

        assertEquals(List.of(new Label(first, "first", 1), new Label(null, "first, dear", 1)), labels);
    }

    @Test
    void aHeavyEditTeachesOnlyTheAgentsWords() {
        var labels = labels(Outcome.EDITED, second, false, "something else", 7);

        assertEquals(
                List.of(
                        new Label(null, "something else", 1),
                        new Label(first, "first", 0),
                        new Label(third, "third", 0)),
                labels);
    }

    @Test
    void ownWordsFitAndEverythingShownDoesNot() {
        var labels = labels(Outcome.OWN_TEXT, null, false, "my own", 3);

        assertEquals(
                List.of(
                        new Label(null, "my own", 1),
                        new Label(first, "first", 0),
                        new Label(second, "second", 0),
                        new Label(third, "third", 0)),
                labels);
    }

    @Test
    void aReplyTypedOutWordForWordIsThatReply() {
        UUID unshown = unshown("the right one", 0.2);

        var labels = labels(Outcome.OWN_TEXT, unshown, true, "The right  one", 3);

        assertEquals(new Label(unshown, "the right one", 1), labels.get(0));
        assertEquals(List.of("the right one", "first", "second", "third"), texts(labels));
    }

    @Test
    void aReplyThatWasNoCandidateCanBeTypedOutToo() {
        UUID elsewhere = UUID.randomUUID();

        assertEquals(
                new Label(elsewhere, "Elsewhere", 1),
                labels(Outcome.OWN_TEXT, elsewhere, true, "Elsewhere", 3).get(0));
    }

    @Test
    void aRejectedSuggestionDoesNotFitAndNothingElseIsKnown() {
        assertEquals(List.of(new Label(second, "second", 0)), labels(Outcome.REJECTED, second, false, null, 7));
    }

    @Test
    void noNegativeSaysTheSameAsAPositive() {
        unshown("  FIRST ", 0.9);
        unshown("first,  dear", 0.8);

        assertEquals(
                List.of("first", "First, dear", "second", "third"),
                texts(labels(Outcome.EDITED, first, true, "First, dear", 7)));
    }

    @Test
    void hardNegativesComeInTurnFromTheFirstStageAndFromTheModel() {
        candidates.clear();
        unshown("best by model", 0.1);
        unshown("second by model", 0.2);
        unshown("best by words", 0.9);
        unshown("second by words", 0.8);
        unshown("neither", 0.15);

        assertEquals(
                List.of("own", "best by words", "best by model", "second by words", "second by model"),
                texts(labels(Outcome.OWN_TEXT, null, false, "own", 4)));
    }

    @Test
    void thereAreNoMoreNegativesThanAllowed() {
        for (int i = 0; i < 20; i++) {
            unshown("unshown " + i, i / 20.0);
        }

        assertEquals(8, labels(Outcome.SENT, first, true, "first", 7).size());
        assertEquals(2, labels(Outcome.SENT, third, true, "third", 1).size());
    }

    private UUID shown(String text) {
        return candidate(text, 0, true);
    }

    private UUID unshown(String text, double firstStage) {
        return candidate(text, firstStage, false);
    }

    private UUID candidate(String text, double firstStage, boolean shown) {
        UUID reply = UUID.randomUUID();
        words.put(reply, text);
        candidates.add(candidate(reply, firstStage, 0, shown));
        return reply;
    }

    private ImpressionView.Candidate candidate(UUID reply, double firstStage, double meaning, boolean shown) {
        return new ImpressionView.Candidate(
                candidates.size() + 1, reply, 1, firstStage, meaning, 0, 0, null, 0.5, null, shown);
    }

    @Test
    void whatIsNearInMeaningIsAHardNegativeWithoutSharingAWord() {
        candidates.clear();
        unshown("best by model", 0.1);
        unshown("by words", 0.5);
        UUID near = UUID.randomUUID();
        words.put(near, "by meaning");
        candidates.add(candidate(near, 0, 0.8, false));

        assertEquals(
                List.of("own", "by meaning", "best by model"), texts(labels(Outcome.OWN_TEXT, null, false, "own", 2)));
    }

    private List<Label> labels(Outcome outcome, UUID reply, boolean accepted, String text, int negatives) {
        var impression = new ImpressionView(
                UUID.randomUUID(), UUID.randomUUID(), 1, "query", "question", 0, 1, Instant.EPOCH, candidates);
        var decision = new DecisionMade(
                UUID.randomUUID(), impression.id(), impression.conversation(), outcome, reply, accepted, text, null);
        return Labelling.of(decision, impression, words, negatives);
    }

    private static List<String> texts(List<Label> labels) {
        return labels.stream().map(Label::text).collect(Collectors.toList());
    }
}
