package io.replyloop.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuestionTest {
    @Test
    void the_turn_before_the_newest_burst_is_its_context() {
        Question question = Question.of("Hi\nHow can I help?\nMy parcel\nIt is late", "My parcel\nIt is late");
        assertThat(question.context()).isEqualTo("How can I help?");
        assertThat(question.text()).isEqualTo("My parcel\nIt is late");
    }

    @Test
    void the_first_message_has_no_context() {
        assertThat(Question.of("Where is my parcel?", "Where is my parcel?").context())
                .isEqualTo("");
    }

    @Test
    void spaces_and_newlines_around_the_texts_do_not_matter() {
        assertThat(Question.of("  Hello\n Yes \n", " Yes").context()).isEqualTo("Hello");
    }

    @Test
    void marks_of_who_wrote_a_turn_are_no_words_of_it() {
        Question question = Question.of("- Hi\n> your name?\n- Anna\n- Berg", "Anna\nBerg");
        assertThat(question.context()).isEqualTo("your name?");
        assertThat(question.text()).isEqualTo("Anna\nBerg");
    }

    @Test
    void without_a_question_the_last_turn_is_the_context() {
        assertThat(Question.of("- Hi\n> your name?", "").context()).isEqualTo("your name?");
    }

    @Test
    void the_turns_before_the_context_keep_their_marks() {
        Question question = Question.of("- Hi\n> your name?\n- Anna\n> from where?\n- Bern", "Bern");
        assertThat(question.earlier()).isEqualTo("- Hi\n> your name?\n- Anna");
        assertThat(Question.of("> your name?\n- Anna", "Anna").earlier()).isEqualTo("");
    }
}
