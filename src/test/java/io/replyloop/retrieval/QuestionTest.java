package io.replyloop.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class QuestionTest {
    @Test
    void the_turn_before_the_newest_burst_is_its_context() {
        Question question = Question.of("Hi\nHow can I help?\nMy parcel\nIt is late", "My parcel\nIt is late");
        assertEquals("How can I help?", question.context());
        assertEquals("My parcel\nIt is late", question.text());
    }

    @Test
    void the_first_message_has_no_context() {
        assertEquals(
                "", Question.of("Where is my parcel?", "Where is my parcel?").context());
    }

    @Test
    void spaces_and_newlines_around_the_texts_do_not_matter() {
        assertEquals("Hello", Question.of("  Hello\n Yes \n", " Yes").context());
    }

    @Test
    void marks_of_who_wrote_a_turn_are_no_words_of_it() {
        Question question = Question.of("- Hi\n> your name?\n- Anna\n- Berg", "Anna\nBerg");
        assertEquals("your name?", question.context());
        assertEquals("Anna\nBerg", question.text());
    }

    @Test
    void without_a_question_the_last_turn_is_the_context() {
        assertEquals("your name?", Question.of("- Hi\n> your name?", "").context());
    }

    @Test
    void the_turns_before_the_context_keep_their_marks() {
        Question question = Question.of("- Hi\n> your name?\n- Anna\n> from where?\n- Bern", "Bern");
        assertEquals("- Hi\n> your name?\n- Anna", question.earlier());
        assertEquals("", Question.of("> your name?\n- Anna", "Anna").earlier());
    }
}
