package io.replyloop.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyVariablesTest {
    private static final String GREETING = "Hello {{customer.name|there}}, we refund you. {{agent.name}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello Wei, we refund you. Anna",
                "hello  there, we refund you. Anna",
                "Hello {{customer.name|there}}, we refund you. {{agent.name}}",
                "Hello Wei, Müller & Co, we refund you. Anna"
            })
    void a_text_that_differs_only_in_their_places_is_the_text_of_the_reply(String sent) {
        assertThat(ReplyVariables.filledAs(GREETING, sent)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Hello Wei, we do not refund you. Anna", "Well, hello Wei, we refund you. Anna", "", "Hello"})
    void a_text_that_differs_elsewhere_is_compared_with_what_is_sent_when_nothing_is_known(String sent) {
        assertThat(ReplyVariables.filledAs(GREETING, sent)).isEqualTo("Hello there, we refund you. ");
    }

    @ParameterizedTest
    @CsvSource({
        "您好{{customer.name|}}，退款会在三天内到账。, 您好小明，退款会在三天内到账。",
        "{{customer.name}}{{agent.name}}, Wei Anna",
        "{{ customer.name | there }}!, there!"
    })
    void names_stand_anywhere(String reply, String sent) {
        assertThat(ReplyVariables.filledAs(reply, sent)).isEqualTo(sent);
    }

    @Test
    void a_place_holds_a_name_and_no_story() {
        String story = "Hello " + "very ".repeat(30) + "there, we refund you. Anna";

        assertThat(ReplyVariables.filledAs(GREETING, story)).isNotEqualTo(story);
    }

    @ParameterizedTest
    @ValueSource(strings = {"No variables.", "{{}}", "{{Customer Name}}", "[number]", "{{a|b|c{}}"})
    void anything_else_in_brackets_is_text(String reply) {
        assertThat(ReplyVariables.filledAs(reply, "something")).isEqualTo(reply);
    }

    @Test
    void many_places_in_a_row_are_looked_through_once() {
        String many = "{{a}} ".repeat(1_000) + "x";

        assertThat(ReplyVariables.filledAs(many, "y ".repeat(4_000))).isEqualTo(" ".repeat(1_000) + "x");
    }
}
