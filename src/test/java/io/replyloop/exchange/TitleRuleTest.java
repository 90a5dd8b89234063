package io.replyloop.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TitleRuleTest {
    @Test
    void a_label_is_read_as_words() {
        assertEquals("Apartment ask day", TitleRule.title("apartment_ask_day", "Text"));
    }

    @Test
    void without_a_label_the_first_words_of_the_text_are_the_title() {
        assertEquals("Short text", TitleRule.title(null, " Short text\nSecond line"));
        assertEquals(
                "We open at nine in the morning and close at six in the…",
                TitleRule.title(" ", "We open at nine in the morning and close at six in the evening, every day"));
    }

    @Test
    void a_long_text_without_spaces_is_cut_between_characters() {
        String title = TitleRule.title(null, "😀".repeat(100));
        assertTrue(title.endsWith("😀…"), title);
        assertTrue(TitleRule.title(null, "退".repeat(100)).length() <= 61);
    }

    @Test
    void chinese_characters_mean_chinese() {
        assertEquals("zh", TitleRule.language("OK,马上发货"));
        assertEquals("en", TitleRule.language("OK, ça va"));
    }
}
