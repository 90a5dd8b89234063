package io.replyloop.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.dataset.Labelling.Label;
import io.replyloop.feedback.DecisionMade;
import io.replyloop.feedback.Examination;
import io.replyloop.feedback.Outcome;
import io.replyloop.feedback.RejectReason;
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
    private Examination examination = Examination.EVERYWHERE;
    private boolean onScreen = true;

    @Test
    void what_was_sent_fits_and_what_stood_above_it_does_not() {
        var labels = labels(Outcome.SENT, second, true, "second", 1);

        assertThat(labels).isEqualTo(List.of(new Label(second, "second", 1), new Label(first, "first", 0)));
    }

    @Test
    void what_stood_below_may_never_have_been_read_and_gets_no_label() {
        UUID unshown = unshown("unshown", 0.9);

        var labels = labels(Outcome.SENT, first, true, "first", 7);

        assertThat(labels).isEqualTo(List.of(new Label(first, "first", 1), new Label(unshown, "unshown", 0)));
        assertThat(texts(labels(Outcome.SENT, first, true, "first", 0))).isEqualTo(List.of("first"));
    }

    @Test
    void a_light_edit_teaches_both_the_reply_and_the_agents_words() {
        var labels = labels(Outcome.EDITED, first, true, "first, dear", 0);

        assertThat(labels).isEqualTo(List.of(new Label(first, "first", 1), new Label(null, "first, dear", 1)));
    }

    @Test
    void a_heavy_edit_teaches_only_the_agents_words() {
        var labels = labels(Outcome.EDITED, second, false, "something else", 7);

        assertThat(labels).isEqualTo(List.of(new Label(null, "something else", 1), new Label(first, "first", 0)));
    }

    @Test
    void own_words_fit_and_what_was_ignored_is_no_negative() {
        UUID unshown = unshown("unshown", 0.9);

        assertThat(labels(Outcome.OWN_TEXT, null, false, "my own", 3))
                .isEqualTo(List.of(new Label(null, "my own", 1), new Label(unshown, "unshown", 0)));
    }

    @Test
    void what_was_not_on_the_screen_was_not_passed_over() {
        UUID unshown = unshown("the right one", 0.2);
        onScreen = false;

        assertThat(labels(Outcome.OWN_TEXT, unshown, true, "The right one", 7))
                .isEqualTo(List.of(new Label(unshown, "the right one", 1)));
        assertThat(labels(Outcome.SENT, third, true, "third", 7))
                .isEqualTo(List.of(new Label(third, "third", 1), new Label(unshown, "the right one", 0)));
    }

    @Test
    void a_place_that_is_looked_at_half_the_time_makes_a_negative_half_the_time() {
        examination = Examination.of(Map.of(3, Map.of(1, 100L, 2, 50L, 3, 50L)), 3);
        int seconds = 0;
        for (int i = 0; i < 1_000; i++) {
            List<String> texts = texts(labels(Outcome.SENT, third, true, "third", 7));
            assertThat(texts).contains("third", "first");
            seconds += texts.contains("second") ? 1 : 0;
        }
        assertThat(seconds).isBetween(440, 560);
    }

    @Test
    void the_same_decision_teaches_the_same_each_time() {
        examination = Examination.of(Map.of(3, Map.of(1, 100L, 2, 50L, 3, 50L)), 3);
        UUID decision = UUID.randomUUID();

        assertThat(labels(decision, Outcome.SENT, third, true, "third", 7))
                .isEqualTo(labels(decision, Outcome.SENT, third, true, "third", 7));
    }

    @Test
    void a_reply_typed_out_word_for_word_is_that_reply() {
        UUID unshown = unshown("the right one", 0.2);

        var labels = labels(Outcome.OWN_TEXT, unshown, true, "The right  one", 3);

        assertThat(labels.get(0)).isEqualTo(new Label(unshown, "the right one", 1));
        assertThat(texts(labels)).isEqualTo(List.of("the right one", "first", "second", "third"));
    }

    @Test
    void a_reply_that_was_no_candidate_can_be_typed_out_too() {
        UUID elsewhere = UUID.randomUUID();

        assertThat(labels(Outcome.OWN_TEXT, elsewhere, true, "Elsewhere", 3).get(0))
                .isEqualTo(new Label(elsewhere, "Elsewhere", 1));
    }

    @Test
    void a_rejected_suggestion_does_not_fit_and_nothing_else_is_known() {
        for (RejectReason reason : List.of(RejectReason.WRONG, RejectReason.OTHER)) {
            assertThat(rejected(second, reason)).isEqualTo(List.of(new Label(second, "second", 0)));
        }
    }

    @Test
    void the_tone_or_the_age_of_a_reply_does_not_make_it_the_wrong_answer() {
        assertThat(rejected(second, RejectReason.TONE)).isEmpty();
        assertThat(rejected(second, RejectReason.OUTDATED)).isEmpty();
    }

    @Test
    void no_negative_says_the_same_as_a_positive() {
        unshown("  FIRST ", 0.9);
        unshown("first,  dear", 0.8);

        assertThat(texts(labels(Outcome.EDITED, first, true, "First, dear", 7)))
                .isEqualTo(List.of("first", "First, dear"));
    }

    @Test
    void hard_negatives_come_in_turn_from_the_first_stage_and_from_the_model() {
        candidates.clear();
        unshown("best by model", 0.1);
        unshown("second by model", 0.2);
        unshown("best by words", 0.9);
        unshown("second by words", 0.8);
        unshown("neither", 0.15);

        assertThat(texts(labels(Outcome.OWN_TEXT, null, false, "own", 4)))
                .isEqualTo(List.of("own", "best by words", "best by model", "second by words", "second by model"));
    }

    @Test
    void there_are_no_more_negatives_than_allowed() {
        for (int i = 0; i < 20; i++) {
            unshown("unshown " + i, i / 20.0);
        }

        assertThat(labels(Outcome.SENT, first, true, "first", 7).size()).isEqualTo(8);
        assertThat(labels(Outcome.SENT, third, true, "third", 1).size()).isEqualTo(2);
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
                candidates.size() + 1, reply, 1, firstStage, meaning, 0, 0, null, 0.5, null, shown, null);
    }

    @Test
    void what_is_near_in_meaning_is_a_hard_negative_without_sharing_a_word() {
        candidates.clear();
        unshown("best by model", 0.1);
        unshown("by words", 0.5);
        UUID near = UUID.randomUUID();
        words.put(near, "by meaning");
        candidates.add(candidate(near, 0, 0.8, false));

        assertThat(texts(labels(Outcome.OWN_TEXT, null, false, "own", 2)))
                .isEqualTo(List.of("own", "by meaning", "best by model"));
    }

    private List<Label> labels(Outcome outcome, UUID reply, boolean accepted, String text, int negatives) {
        return labels(UUID.randomUUID(), outcome, reply, accepted, text, negatives);
    }

    private List<Label> labels(UUID id, Outcome outcome, UUID reply, boolean accepted, String text, int negatives) {
        var impression = impression();
        var decision = new DecisionMade(
                id, impression.id(), impression.conversation(), outcome, reply, accepted, text, null, onScreen, null);
        return Labelling.of(decision, impression, words, negatives, examination);
    }

    private List<Label> rejected(UUID reply, RejectReason reason) {
        var impression = impression();
        var decision =
                DecisionMade.rejection(UUID.randomUUID(), impression.id(), impression.conversation(), reply, reason);
        return Labelling.of(decision, impression, words, 7, examination);
    }

    private ImpressionView impression() {
        return new ImpressionView(
                UUID.randomUUID(), UUID.randomUUID(), 1, "query", "question", 0, 1, Instant.EPOCH, candidates);
    }

    private static List<String> texts(List<Label> labels) {
        return labels.stream().map(Label::text).collect(Collectors.toList());
    }
}
