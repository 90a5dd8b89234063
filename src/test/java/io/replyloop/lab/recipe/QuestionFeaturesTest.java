package io.replyloop.lab.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.retrieval.Question;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class QuestionFeaturesTest {
    private final QuestionFeatures features = new QuestionFeatures();

    private Set<Integer> of(String query, String question) {
        return Arrays.stream(features.of(Question.of(query, question))).boxed().collect(Collectors.toSet());
    }

    private int common(Set<Integer> one, Set<Integer> other) {
        Set<Integer> both = new HashSet<>(one);
        both.retainAll(other);
        return both.size();
    }

    @Test
    void features_are_unique_and_their_order_is_stable() {
        Question question = Question.of("> Hello\n- no no no", "no no no");
        int[] first = features.of(question);
        assertThat(Arrays.stream(first).distinct().count()).isEqualTo(first.length);
        assertThat(features.of(question)).isEqualTo(first);
    }

    @Test
    void the_same_reply_filled_in_differently_has_the_same_feature() {
        Set<Integer> twenty = of("> It will cost 20 dollars\n- yes", "yes");
        Set<Integer> ninety = of("> It will cost 90 dollars\n- yes", "yes");
        Set<Integer> other = of("> Which day is 20 dollars\n- yes", "yes");
        assertThat(common(twenty, ninety) > common(twenty, other)).isTrue();
    }

    @Test
    void the_teams_turns_and_their_order_are_features() {
        Set<Integer> nameThenDay = of("> Your name please?\n- x\n> Which day please?\n- x", "x");
        Set<Integer> dayThenName = of("> Which day please?\n- x\n> Your name please?\n- x", "x");
        assertThat(nameThenDay.stream().anyMatch(feature -> !dayThenName.contains(feature)))
                .isTrue();
        Set<Integer> customers = of("- Your name please?\n- x\n> Which day please?\n- x", "x");
        assertThat(nameThenDay.stream().anyMatch(feature -> !customers.contains(feature)))
                .isTrue();
    }

    @Test
    void a_question_differs_from_the_same_words_as_a_statement() {
        assertThat(!of("- you are open?", "you are open?").equals(of("- you are open", "you are open")))
                .isTrue();
    }

    @Test
    void an_empty_conversation_has_features_too() {
        assertThat(features.of(new Question("", "", "", "")).length > 0).isTrue();
    }
}
