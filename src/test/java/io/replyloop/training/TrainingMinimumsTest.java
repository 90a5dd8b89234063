package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.replyloop.dataset.Material;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingMinimumsTest {
    private static final TrainingMinimums MINIMUMS = new TrainingMinimums(20, 3);

    private static Material material(long decisions, long heldOut, long fitting, long notFitting, long replies) {
        return new Material(decisions, decisions, decisions, heldOut, fitting, notFitting, replies);
    }

    @Test
    void just_enough_of_everything_is_enough() {
        Material enough = material(20, 3, 5, 5, 2);

        assertThat(MINIMUMS.missing(enough)).isEmpty();
        assertThatCode(() -> MINIMUMS.require(enough, false)).doesNotThrowAnyException();
    }

    static Stream<Arguments> tooLittle() {
        return Stream.of(
                Arguments.of(material(8, 3, 20, 50, 9), true, "12 more decisions of agents (8 of 20)"),
                Arguments.of(material(40, 3, 40, 0, 9), false, "5 more examples of a reply that does not fit (0 of 5)"),
                Arguments.of(material(40, 3, 4, 90, 4), true, "1 more example of a reply that fits (4 of 5)"),
                Arguments.of(material(40, 3, 40, 90, 1), false, "1 more reply that fit a question (1 of 2)"),
                Arguments.of(material(40, 1, 40, 90, 9), true, "about 10 more conversations"),
                Arguments.of(material(40, 0, 40, 90, 9), false, "about 15 more conversations"),
                Arguments.of(material(0, 0, 0, 0, 0), false, "20 more decisions of agents (0 of 20). Answer"));
    }

    private static long firstNeed(Material material) {
        return MINIMUMS.missing(material).get(0).need();
    }

    @ParameterizedTest
    @MethodSource("tooLittle")
    void too_little_is_refused_with_the_number_that_is_missing(Material material, boolean mayStart, String says) {
        Problem problem = assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> MINIMUMS.require(material, false))
                .actual();

        assertThat(problem.getMessage()).contains(says);
        // One thing, one number, as the pages say it in either language.
        assertThat(problem.getMessage()).containsOnlyOnce(" of ".concat(Long.toString(firstNeed(material))));
        assertThat(problem.violations())
                .singleElement()
                .satisfies(violation -> assertThat(violation.values())
                        .containsEntry(
                                "entry",
                                Long.toString(MINIMUMS.missing(material).get(0).missing())));
        assertThat(MINIMUMS.missing(material).stream().allMatch(Requirement::mayBeOverridden))
                .isEqualTo(mayStart);
    }

    @ParameterizedTest
    @MethodSource("tooLittle")
    void an_admin_may_start_all_the_same_what_can_be_learned_from_and_measured(Material material, boolean mayStart) {
        if (mayStart) {
            assertThatCode(() -> MINIMUMS.require(material, true)).doesNotThrowAnyException();
        } else {
            assertThatExceptionOfType(Problem.class).isThrownBy(() -> MINIMUMS.require(material, true));
        }
    }

    @Test
    void only_too_few_conversations_have_a_code_of_their_own() {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> MINIMUMS.require(material(40, 1, 40, 90, 9), false))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.TOO_FEW_CONVERSATIONS));
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> MINIMUMS.require(material(4, 1, 40, 90, 9), false))
                .satisfies(problem -> assertThat(problem.code()).isEqualTo(ProblemCode.TOO_FEW_EXAMPLES));
    }

    @Test
    void a_setting_of_nothing_at_all_still_asks_for_what_can_be_learned_from() {
        assertThat(new TrainingMinimums(0, 0).missing(material(2, 1, 1, 1, 2))).isEmpty();
        assertThat(new TrainingMinimums(0, 0).missing(material(1, 0, 0, 0, 1))).hasSize(5);
    }
}
