package io.replyloop.feedback;

import static io.replyloop.signin.Team.as;
import static io.replyloop.signin.Team.nobody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.feedback.DecisionFigures.AtPosition;
import io.replyloop.identity.Role;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DecisionReportTest extends QuestionWithSuggestions {
    private static final String FIRST = "A parcel to Zanzibar travels for twelve days.";
    private static final String SECOND = "Please tell us your order number.";

    @Inject
    DecisionReport report;

    @Inject
    PositionBias bias;

    @BeforeEach
    void nobodyHasDecided() {
        team.sql("delete from decision where :value is not null", "all");
    }

    @Test
    void nothing_decided_has_figures_too() {
        DecisionFigures none = report.figures();

        assertThat(none.answers()).isZero();
        assertThat(none.sources()).isEmpty();
        assertThat(none.medianMillis()).isNull();
        assertThat(none.medianEditDistance()).isNull();
        assertThat(none.positions()).isEmpty();
        assertThat(none.shuffle().share()).isZero();
        assertThat(none.shuffle().missing()).isEqualTo(Examination.NEEDED);
    }

    @Test
    void the_figures_tell_where_answers_came_from_and_how_long_they_took() {
        answer(false, FIRST, first, origin(Source.SUGGESTION, 1_000L));
        answer(false, FIRST + "!!", first, origin(Source.SUGGESTION, 3_000L));
        answer(false, SECOND, second, origin(Source.SUGGESTION, 5_000L));
        answer(false, "You can pay by invoice.", unshown, origin(Source.SEARCH, 9_000L));
        answer(false, "My own words about it", null, origin(Source.OWN, 500L));
        answer(false, SECOND, null, origin(Source.OWN, 700L));
        answer(false, "Nobody has looked", null, origin(Source.OWN, null));
        feedback.reject(agent, UUID.randomUUID(), impression, second, "tone", null);

        DecisionFigures figures = report.figures();

        assertThat(figures.answers()).isEqualTo(7);
        assertThat(figures.sources())
                .containsExactly(
                        new DecisionFigures.OfSource(Source.OWN, 3),
                        new DecisionFigures.OfSource(Source.SUGGESTION, 3),
                        new DecisionFigures.OfSource(Source.SEARCH, 1));
        assertThat(figures.ownMatched()).isEqualTo(1);
        assertThat(figures.medianMillis()).isEqualTo(3_000);
        assertThat(figures.medianEditDistance()).isEqualTo(2.0);
        assertThat(figures.positions())
                .as("of six whose suggestions were on a screen")
                .containsExactly(
                        new AtPosition(1, 6, 2, 2 / 6.0, 2 / 6.0, null, null, null),
                        new AtPosition(2, 6, 1, 1 / 6.0, 1 / 6.0, null, null, null));
    }

    @Test
    void shuffled_questions_measure_how_surely_places_are_looked_at() {
        for (int question = 0; question < 99; question++) {
            boolean top = question % 3 > 0;
            answer(true, top ? FIRST : SECOND, top ? first : second, origin(Source.SUGGESTION, 1_000L));
        }
        assertThat(bias.measured().at(2)).isEqualTo(1);
        assertThat(report.figures().shuffle().place())
                .as("the third was never there")
                .isEqualTo(3);
        answer(true, FIRST, first, origin(Source.CANNED, 1_000L));
        answer(true, FIRST, first, origin(Source.CANNED, null));
        assertThat(report.figures().shuffle().used())
                .as("neither by its shortcode nor unseen")
                .isEqualTo(99);

        answer(true, FIRST, first, origin(Source.SUGGESTION, 1_000L));

        DecisionFigures figures = report.figures();
        assertThat(figures.shuffle().missing())
                .as("of the third place nothing is known")
                .isEqualTo(Examination.NEEDED);
        AtPosition second = figures.positions().get(1);
        assertThat(second.examination()).isCloseTo(33 / 67.0, within(1e-9));
        assertThat(second.examinationLow()).isLessThan(second.examination());
        assertThat(second.examinationHigh()).isGreaterThan(second.examination());
        assertThat(second.corrected()).isCloseTo(second.acceptance() * 67 / 33, within(1e-9));
    }

    @Test
    void only_admins_see_the_figures() {
        as(team.newMember(Role.ADMIN))
                .get("/api/feedback/decisions")
                .then()
                .statusCode(200)
                .body("answers", equalTo(0));
        as(team.newMember(Role.AGENT)).get("/api/feedback/decisions").then().statusCode(403);
        nobody().get("/api/feedback/decisions").then().statusCode(401);
    }

    private void answer(boolean shuffled, String text, UUID reply, AnswerOrigin origin) {
        UUID other = chat.silentConversation("Another question");
        UUID shown = chat.impression(other, List.of(first, second), List.of(unshown));
        if (shuffled) {
            team.sql("update impression set shuffled = true where id = :value", shown);
        }
        feedback.send(agent, other, UUID.randomUUID(), text, shown, reply, null, origin);
    }

    private static AnswerOrigin origin(Source source, Long millis) {
        return new AnswerOrigin(source, null, null, millis);
    }
}
