package io.replyloop.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "write to jane.doe+shop@mail.example.co.uk, please | write to [email], please",
                "我的邮箱是zhang.wei@example.cn。 | 我的邮箱是[email]。",
                "card 4111 1111 1111 1111 exp 12/27 | card [card] exp 12/27",
                "card 4111-1111-1111-1111 | card [card]",
                "5500005555555559 | [card]",
                "call +44 20 7946 0958 now | call [phone] now",
                "call (415) 555-0123 | call [phone]",
                "415.555.0123 | [phone]",
                "我的电话是 13812345678。 | 我的电话是 [phone]。",
                "电话：１３８１２３４５６７８ | 电话：[phone]",
                "DE89 3704 0044 0532 0130 00 is mine | [iban] is mine",
            })
    void whatNamesAPersonIsMasked(String text, String masked) {
        assertEquals(masked, PersonalData.masked(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order 12345 of 2024-03-17 arrives on 17.03.2024 at 10:30.",
                "It costs 1,299.00 euros or 15 % less.",
                "Version 3.11.9, part AB123456789X",
                "2 tickets, 3 nights, room 404",
                "@support: look",
                "",
            })
    void whatDoesNotIsLeftAlone(String text) {
        assertEquals(text, PersonalData.masked(text));
    }

    @Test
    void hostileTextTakesNoTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> {
            PersonalData.masked("1 ".repeat(4_000));
            PersonalData.masked("a.".repeat(4_000) + "@");
            PersonalData.masked("a@" + "a.".repeat(4_000) + "!");
            PersonalData.masked("AB12" + " ABCD".repeat(2_000));
            PersonalData.masked("(".repeat(8_000));
        });
    }
}
