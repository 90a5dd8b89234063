package io.replyloop.suggestion;

import static io.replyloop.suggestion.SmallTalk.GOODBYE;
import static io.replyloop.suggestion.SmallTalk.GREETING;
import static io.replyloop.suggestion.SmallTalk.THANKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallTalkTest {
    @ParameterizedTest
    @ValueSource(strings = {"ok", "4711", "Thanks!", "yes: [email]", "???", "\u597d\u7684", " "})
    void what_asks_nothing_is_nothing_else(String text) {
        assertThat(SmallTalk.isNothingElse(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Refund?", "ok?", "my parcel", "\u53d1\u7968", "Thanks, and where is it?"})
    void what_asks_or_says_something_is_more(String text) {
        assertThat(SmallTalk.isNothingElse(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thanks!",
                "Thank you so much for your help \uD83D\uDE0A",
                "ok great, that is all I needed, thanks",
                "Perfect. Thank you!",
                "I really appreciate it",
                "thx",
                "3Q~",
                "much obliged!",
                "\u8b1d\u8b1d",
                "\u8c22\u5566",
                "\u8c22\u8c22",
                "\u597d\u7684\uff0c\u975e\u5e38\u611f\u8c22\u60a8\u7684\u5e2e\u52a9\uff01",
                "\u660e\u767d\u4e86\uff0c\u591a\u8c22"
            })
    void thanks_are_thanks(String text) {
        assertThat(SmallTalk.of(text)).isEqualTo(Set.of(THANKS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi",
                "Hello there!",
                "good morning",
                "Hello?",
                "Hi, is anybody there?",
                "Hello, nice to meet you",
                "morning!",
                "\u5582",
                "\u54c8\u56c9\uff0c\u6709\u4eba\u55ce\uff1f",
                "\u4f60\u597d",
                "\u60a8\u597d\uff0c\u5728\u5417\uff1f"
            })
    void greetings_are_greetings(String text) {
        assertThat(SmallTalk.of(text)).isEqualTo(Set.of(GREETING));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bye",
                "Have a nice day!",
                "Good night",
                "see you later",
                "nothing else, goodbye",
                "88",
                "\u90a3\u5148\u8fd9\u6837\u5427",
                "\u6ca1\u522b\u7684\u4e8b\u4e86\uff0c\u62dc\u62dc",
                "\u4e0b\u6b21\u518d\u804a",
                "\u518d\u89c1",
                "\u62dc\u62dc\uff0c\u795d\u60a8\u751f\u6d3b\u6109\u5feb"
            })
    void goodbyes_are_goodbyes(String text) {
        assertThat(SmallTalk.of(text)).isEqualTo(Set.of(GOODBYE));
    }

    @Test
    void a_text_can_be_two_of_them() {
        assertThat(SmallTalk.of("Thanks, bye")).isEqualTo(Set.of(THANKS, GOODBYE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hi, where is my parcel?",
                "thanks, but it still does not work",
                "Thank you. When will it arrive?",
                "yes",
                "ok",
                "no",
                "Anna",
                "",
                "???",
                "Can I have the morning off",
                "tomorrow morning",
                "Hello, can anyone cancel my order",
                "888",
                "\u5582\u732b\u7684\u7cae\u6709\u5417",
                "\u4f60\u597d\uff0c\u5148\u8d70\u54ea\u4e2a\u6d41\u7a0b",
                "\u4f60\u597d\uff0c\u6211\u7684\u8ba2\u5355\u5728\u54ea\u91cc\uff1f",
                "\u8c22\u8c22\uff0c\u4f46\u662f\u8fd8\u6ca1\u5230"
            })
    void whoever_says_more_has_asked_something(String text) {
        assertThat(SmallTalk.of(text)).isEqualTo(Set.of());
    }

    @Test
    void replies_of_that_kind_are_known_by_their_words() {
        assertThat(THANKS.isAnsweredBy("Anything else?", "You are welcome! Is there anything else?"))
                .isTrue();
        assertThat(GREETING.isAnsweredBy("Greeting", "Hello, how can I help you today?"))
                .isTrue();
        assertThat(GOODBYE.isAnsweredBy("End", "Thank you for getting in touch. Have a lovely day!"))
                .isTrue();
        assertThat(THANKS.isAnsweredBy(
                        "\u4e0d\u5ba2\u6c14",
                        "\u4e0d\u5ba2\u6c14\uff0c\u5f88\u9ad8\u5174\u4e3a\u60a8\u670d\u52a1\u3002"))
                .isTrue();
        assertThat(THANKS.isAnsweredBy("Returns", "You can return it within 30 days."))
                .isFalse();
        assertThat(GREETING.isAnsweredBy("Delivery", "Your parcel arrives within three days."))
                .isFalse();
    }
}
