package io.replyloop.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final UUID CHOSEN = UUID.randomUUID();
    private static final UUID ANOTHER = UUID.randomUUID();

    @Test
    void a_suggestion_sent_word_for_word_is_sent() {
        Answer answer = Answer.of(" Your parcel  arrives tomorrow.\n", CHOSEN, "Your parcel arrives tomorrow.", CHOSEN);

        assertThat(answer).isEqualTo(new Answer(Outcome.SENT, CHOSEN, 0, true));
    }

    @Test
    void a_suggestion_is_sent_even_when_its_reply_has_changed_since() {
        assertThat(Answer.of("Old words", CHOSEN, "Old words", null).outcome()).isEqualTo(Outcome.SENT);
    }

    @Test
    void the_replys_new_words_are_that_reply_too() {
        assertThat(Answer.of("New words", CHOSEN, "Old words", CHOSEN))
                .isEqualTo(new Answer(Outcome.SENT, CHOSEN, 0, true));
    }

    @Test
    void a_few_changed_words_are_a_light_edit_and_accept_the_reply() {
        Answer answer = Answer.of("Your parcel arrives on Monday.", CHOSEN, "Your parcel arrives tomorrow.", null);

        assertThat(answer.outcome()).isEqualTo(Outcome.EDITED);
        assertThat(answer.reply()).isEqualTo(CHOSEN);
        assertThat(answer.editDistance()).isEqualTo(8);
        assertThat(answer.accepted()).isTrue();
    }

    @Test
    void a_rewritten_suggestion_is_not_accepted() {
        Answer answer = Answer.of("Sorry, we do not ship there at all.", CHOSEN, "Your parcel arrives tomorrow.", null);

        assertThat(answer.outcome()).isEqualTo(Outcome.EDITED);
        assertThat(answer.reply()).isEqualTo(CHOSEN);
        assertThat(answer.accepted()).isFalse();
    }

    @Test
    void own_words_are_no_reply() {
        Answer answer = Answer.of("One moment please", null, null, null);

        assertThat(answer).isEqualTo(new Answer(Outcome.OWN_TEXT, null, null, false));
    }

    @Test
    void typing_out_a_published_reply_makes_it_the_right_one() {
        assertThat(Answer.of("Hello there", null, null, ANOTHER))
                .isEqualTo(new Answer(Outcome.OWN_TEXT, ANOTHER, null, true));
        assertThat(Answer.of("Hello there", CHOSEN, "Good bye", ANOTHER))
                .as("also when the agent began with a suggestion and replaced it")
                .isEqualTo(new Answer(Outcome.OWN_TEXT, ANOTHER, null, true));
    }

    @Test
    void an_edit_is_light_up_to_three_tenths_of_the_longer_text() {
        assertThat(Answer.isLightEdit(3, "abcdefghij", "abcdefg")).isTrue();
        assertThat(Answer.isLightEdit(4, "abcdefghij", "abcdefghi")).isFalse();
        assertThat(Answer.isLightEdit(0, "", "")).isTrue();
    }

    @Test
    void an_answer_of_the_longest_texts_is_judged_in_a_moment() {
        Answer answer = Answer.of("a".repeat(8_000), CHOSEN, "b".repeat(8_000), null);

        assertThat(answer.editDistance()).isEqualTo(8_000);
        assertThat(Answer.of("own", null, null, null).editDistance()).isNull();
    }

    @Test
    void a_greeting_and_a_name_around_a_short_reply_are_a_light_edit() {
        String text = "Hello Anna,\nyou can pay by invoice.\nBest regards, Ben";

        assertThat(Answer.of(text, CHOSEN, "You can pay by invoice.", null).accepted())
                .isTrue();
        assertThat(Answer.of(text.replace("can", "cannot"), CHOSEN, "You can pay by invoice.", null)
                        .accepted())
                .isFalse();
    }
}
