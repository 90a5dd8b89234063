package io.replyloop.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.lab.corpus.CachedVectors;
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

    /** Vectors that determine which texts are similar. */
    private static final Map<String, float[]> NEAR = Map.of(
            "Parcel\nIt is on its way.", new float[] {1, 0},
            "Refund\nYou get it back.", new float[] {0, 1},
            "my stuff", new float[] {0.8f, 0.6f},
            "my things", new float[] {0.78f, 0.626f});

    private static Reply reply(int number, String title, String text) {
        return new Reply(new UUID(0, number), title, title, text, "en", null, List.of());
    }

    private static CachedVectors vectors() {
        return new CachedVectors(texts -> texts.stream().map(NEAR::get).toList());
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
    void bm25_finds_replies_by_their_words_and_their_answered_questions() {
        try (Suggester words = new WordsBaseline()) {
            publish(words);
            assertThat(order(words, "a refund please")).isEqualTo(List.of(REFUND.id()));
            assertThat(order(words, "cash")).isEqualTo(List.of());
            words.decided(asked("cash", PARCEL), PARCEL.id());
            assertThat(order(words, "cash")).isEqualTo(List.of(PARCEL.id()));
        }
    }

    @Test
    void only_the_nearest_question_baseline_learns_from_decisions() {
        try (Suggester plain = new CosineBaseline(vectors(), false);
                Suggester nearest = new CosineBaseline(vectors(), true)) {
            for (Suggester team : List.of(plain, nearest)) {
                publish(team);
                assertThat(order(team, "my things")).isEqualTo(List.of(PARCEL.id(), REFUND.id()));
                team.decided(asked("my stuff", REFUND), REFUND.id());
            }
            assertThat(order(plain, "my things")).isEqualTo(List.of(PARCEL.id(), REFUND.id()));
            assertThat(order(nearest, "my things")).isEqualTo(List.of(REFUND.id(), PARCEL.id()));
        }
    }

    @Test
    void a_logistic_regression_is_fitted_again_after_a_decision() {
        try (Suggester regression = new LogisticBaseline(vectors())) {
            publish(regression);
            assertThat(order(regression, "my things")).isEqualTo(List.of(PARCEL.id(), REFUND.id()));
            for (int i = 0; i < 3; i++) {
                regression.decided(asked("my stuff", REFUND), REFUND.id());
            }
            assertThat(order(regression, "my things")).isEqualTo(List.of(REFUND.id(), PARCEL.id()));
        }
    }

    @Test
    void figures_are_of_the_whole_ranking_and_count_unranked_replies_as_missed() {
        Suggestions second = Suggestions.byScore(Map.of(PARCEL.id(), 0.2, REFUND.id(), 0.9));
        Suggestions missed = Suggestions.byScore(Map.of(REFUND.id(), 0.9));
        Outcome.Figures figures = Outcome.Figures.of(List.of(
                Outcome.of(asked("a", PARCEL), second),
                Outcome.of(asked("b", REFUND), second),
                Outcome.of(asked("c", PARCEL), missed),
                Outcome.of(asked("d", PARCEL), second)));
        assertThat(figures.recallAt1().value()).isEqualTo(0.25);
        assertThat(figures.recallAt3().value()).isEqualTo(0.75);
        assertThat(figures.mrr().value()).isEqualTo((0.5 + 1 + 0 + 0.5) / 4);
    }

    @Test
    void abstention_has_the_silent_share_the_helpful_share_and_the_precision_of_each_level() {
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
        assertThat(abstention.silent().get("thanks").value()).isEqualTo(0.5);
        assertThat(abstention.sureOfNothing().get("thanks").value()).isEqualTo(0.5);
        assertThat(abstention.helpfulShown().value()).isEqualTo(0.5);
        assertThat(abstention.precision().get("sure").value()).isEqualTo(0.5);
        assertThat(abstention.precision().get("unsure").value()).isEqualTo(0);
        assertThat(abstention.precision().get("likely").count()).isEqualTo(0);
        assertThat(abstention.rightByWord().get("sure")).isEqualTo(1.0);
        Abstention.Bin last = abstention.reliability().get(9);
        assertThat(last.count()).isEqualTo(2);
        assertThat(last.right()).isEqualTo(0.5);
        assertThat(Math.abs(0.95 - last.probability()) < 1e-9).isTrue();
    }
}
