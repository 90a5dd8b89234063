package io.replyloop.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NearRepeatsTest {
    private static final String FORM = "- My order number is 1234 and it has not arrived, please check where it is.";

    @Test
    void a_form_with_other_numbers_case_and_punctuation_repeats() {
        assertThat(NearRepeats.key(FORM)).isPresent();
        assertThat(NearRepeats.key("- MY ORDER number is 98-77, and it has NOT arrived!! Please check: where it is"))
                .isEqualTo(NearRepeats.key(FORM));
    }

    @Test
    void what_was_said_before_the_question_does_not_count() {
        assertThat(NearRepeats.key("- hello\n> How can I help?\n" + FORM)).isEqualTo(NearRepeats.key(FORM));
    }

    @Test
    void another_word_is_another_question() {
        assertThat(NearRepeats.key(FORM.replace("order", "refund"))).isNotEqualTo(NearRepeats.key(FORM));
    }

    @Test
    void a_short_question_that_many_ask_is_no_repeat() {
        assertThat(NearRepeats.key("- Where is my order?")).isEmpty();
        assertThat(NearRepeats.key("- 我的包裹在哪里？")).isEmpty();
        assertThat(NearRepeats.key("")).isEmpty();
    }

    @Test
    void a_long_chinese_question_may_repeat() {
        assertThat(NearRepeats.key("- 你好，我的订单号是 12345，已经三天了还没有收到货，请帮我查一下")).isPresent();
    }
}
