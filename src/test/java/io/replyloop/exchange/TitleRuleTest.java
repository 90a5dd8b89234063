package io.replyloop.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TitleRuleTest {
    @Test
    void a_label_is_read_as_words() {
        assertThat(TitleRule.title("apartment_ask_day", "Text")).isEqualTo("Apartment ask day");
    }

    @Test
    void without_a_label_the_first_words_of_the_text_are_the_title() {
        assertThat(TitleRule.title(null, " Short text\nSecond line")).isEqualTo("Short text");
        assertThat(TitleRule.title(" ", "We open at nine in the morning and close at six in the evening, every day"))
                .isEqualTo("We open at nine in the morning and close at six in the…");
    }

    @Test
    void a_long_text_without_spaces_is_cut_between_characters() {
        String title = TitleRule.title(null, "😀".repeat(100));
        assertThat(title.endsWith("😀…")).as("%s", title).isTrue();
        assertThat(TitleRule.title(null, "退".repeat(100)).length() <= 61).isTrue();
    }

    @Test
    void chinese_characters_mean_chinese() {
        assertThat(TitleRule.language("OK,马上发货")).isEqualTo("zh");
        assertThat(TitleRule.language("请在 AfterShip Customer Portal 里输入 tracking number 查询"))
                .isEqualTo("zh");
        assertThat(TitleRule.language("OK, ça va")).isEqualTo("en");
    }
}
