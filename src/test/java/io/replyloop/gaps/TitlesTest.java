package io.replyloop.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TitlesTest {
    @Test
    void a_title_is_the_sentence_that_asks() {
        assertThat(Titles.of("Hello there. I am from Oslo and like your shop.\nDo you ship to  Norway? Thanks"))
                .isEqualTo("Do you ship to Norway?");
        assertThat(Titles.of("你好。可以寄到挪威吗？谢谢")).isEqualTo("可以寄到挪威吗？");
    }

    @Test
    void where_nothing_asks_it_is_the_longest_sentence() {
        assertThat(Titles.of("Hi. My parcel has not come yet.")).isEqualTo("My parcel has not come yet.");
        assertThat(Titles.of("")).isEmpty();
        assertThat(Titles.of("???")).isEqualTo("???");
    }

    @Test
    void a_long_one_ends_at_a_word() {
        String title = Titles.of("parcel ".repeat(40));

        assertThat(title).hasSizeLessThanOrEqualTo(120).endsWith("parcel…");
        assertThat(Titles.of("寄".repeat(200))).hasSize(120);
    }
}
