package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private record Texts(
            @PlainText String text,
            @PlainText(lines = false) String name) {}

    private static boolean isText(String text) {
        return VALIDATOR.validate(new Texts(text, null)).isEmpty();
    }

    private static boolean isName(String name) {
        return VALIDATOR.validate(new Texts(null, name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada", "王小明", "👩\u200D💻 Grace", "\u05D3\u05E0\u05D4\u200F", "Jos\u00E9"})
    void what_people_are_called_is_both(String name) {
        assertThat(isText(name)).isTrue();
        assertThat(isName(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "a\ttab", "\u200B", " \u2060 ", "gpj\u202Eexe", "a\u2066b"})
    void a_name_has_one_line_is_visible_and_turns_no_text_beside_it(String text) {
        assertThat(isText(text)).isTrue();
        assertThat(isName(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "bell\u0007", "half \uD83D"})
    void what_no_database_stores_is_neither(String text) {
        assertThat(isText(text)).isFalse();
        assertThat(isName(text)).isFalse();
    }
}
