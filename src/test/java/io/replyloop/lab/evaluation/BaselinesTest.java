package io.replyloop.lab.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.replyloop.lab.evaluation.KnowledgeBase.Reply;
import io.replyloop.lab.evaluation.Suggestions.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final Reply PARCEL = reply(1, "Parcel", "It is on its way.");
    private static final Reply REFUND = reply(2, "Refund", "You get it back.");

    /** A vector for each text, so that the test says what is near. */
    private static final Map<String, float[]> NEAR = Map.of(
            "Parcel\nIt is on its way.", new float[] {1, 0},
            "Refund\nYou get it back.", new float[] {0, 1},
            "my stuff", new float[] {0.8f, 0.6f},
            "my things", new float[] {0.78f, 0.626f});

    private static Reply reply(int number, String title, String text) {
        return new Reply(new UUID(0, number), title, title, text, "en", null, List.of());
    }

    private static Vectors vectors() {
        return new Vectors(texts -> texts.stream().map(NEAR::get).toList());
    }

    private static Moment asked(String question, Reply right) {
        return Moment.first(question, question, Set.of(right.id()));
    }

    private static List<UUID> order(Suggester team, String question) {
        return team.suggest(asked(question, PARCEL)).order().stream()
                .map(Suggestion::reply)
                .toList();
    }

    private static void publish(Suggester team) {
        team.publish(PARCEL);
        team.publish(REFUND);
    }

    @Test
    void words_find_replies_and_answered_questions() {
        try (Suggester words = new WordsBaseline()) {
            publish(words);
            assertEquals(List.of(REFUND.id()), order(words, "a refund please"));
            assertEquals(List.of(), order(words, "cash"));
            words.decided(asked("cash", PARCEL), PARCEL.id());
            assertEquals(List.of(PARCEL.id()), order(words, "cash"));
        }
    }

    @Test
    void plain_cosine_learns_nothing_and_the_nearest_question_does() {
        try (Suggester plain = new CosineBaseline(vectors(), false);
                Suggester nearest = new CosineBaseline(vectors(), true)) {
            for (Suggester team : List.of(plain, nearest)) {
                publish(team);
                assertEquals(List.of(PARCEL.id(), REFUND.id()), order(team, "my things"));
                team.decided(asked("my stuff", REFUND), REFUND.id());
            }
            assertEquals(List.of(PARCEL.id(), REFUND.id()), order(plain, "my things"));
            assertEquals(List.of(REFUND.id(), PARCEL.id()), order(nearest, "my things"));
        }
    }

    @Test
    void a_regression_weighs_replies_and_questions_and_is_fitted_anew() {
        try (Suggester regression = new LogisticBaseline(vectors())) {
            publish(regression);
            assertEquals(List.of(PARCEL.id(), REFUND.id()), order(regression, "my things"));
            for (int i = 0; i < 3; i++) {
                regression.decided(asked("my stuff", REFUND), REFUND.id());
            }
            assertEquals(List.of(REFUND.id(), PARCEL.id()), order(regression, "my things"));
        }
    }

    @Test
    void figures_take_the_whole_order_and_count_what_was_not_found() {
        Suggestions second = Suggestions.byScore(Map.of(PARCEL.id(), 0.2, REFUND.id(), 0.9));
        Suggestions missed = Suggestions.byScore(Map.of(REFUND.id(), 0.9));
        Outcome.Figures figures = Outcome.Figures.of(List.of(
                Outcome.of(asked("a", PARCEL), second),
                Outcome.of(asked("b", REFUND), second),
                Outcome.of(asked("c", PARCEL), missed),
                Outcome.of(asked("d", PARCEL), second)));
        assertEquals(0.25, figures.recallAt1().value());
        assertEquals(0.75, figures.recallAt3().value());
        assertEquals((0.5 + 1 + 0 + 0.5) / 4, figures.mrr().value());
    }

    @Test
    void abstention_counts_silence_what_is_kept_and_what_each_word_is_worth() {
        Suggestion sure = new Suggestion(PARCEL.id(), 0.95, "sure");
        Suggestion unsure = new Suggestion(REFUND.id(), 0.15, "unsure");
        List<Suggestion> both = List.of(sure, unsure);
        List<Outcome> answered = List.of(
                Outcome.of(asked("a", PARCEL), new Suggestions(both, both)),
                Outcome.of(asked("b", REFUND), new Suggestions(both, List.of(sure))));
        Abstention abstention = Abstention.of(
                7,
                answered,
                Map.of("thanks", List.of(new Suggestions(both, List.of()), new Suggestions(both, List.of(sure)))));
        assertEquals(0.5, abstention.silent().get("thanks").value());
        assertEquals(0.5, abstention.sureOfNothing().get("thanks").value());
        assertEquals(0.5, abstention.helpfulShown().value());
        assertEquals(0.5, abstention.precision().get("sure").value());
        assertEquals(0, abstention.precision().get("unsure").value());
        assertEquals(0, abstention.precision().get("likely").count());
        assertEquals(1.0, abstention.rightByWord().get("sure"));
        Abstention.Bin last = abstention.reliability().get(9);
        assertEquals(2, last.count());
        assertEquals(0.5, last.right());
        assertTrue(Math.abs(0.95 - last.probability()) < 1e-9);
    }
}
