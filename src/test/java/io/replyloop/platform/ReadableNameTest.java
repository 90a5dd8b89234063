package io.replyloop.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"Ada Lovelace", "王小明", "👩\u200D💻 Grace", "\u05D3\u05E0\u05D4\u200F"})
    void what_people_are_called_stays_as_it_is(String name) {
        assertThat(ReadableName.of(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"'Ada\u202E resU', 'Ada resU'", "' \u2066Ada\u2069 ', Ada", "'A\u0007da', Ada"})
    void what_turns_or_breaks_the_words_beside_it_is_left_out(String name, String readable) {
        assertThat(ReadableName.of(name)).isEqualTo(readable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u202E", "\u200B\u2060", "\u2066 \u2069"})
    void a_name_that_nobody_sees_is_none(String name) {
        assertThat(ReadableName.of(name)).isNull();
    }
}
