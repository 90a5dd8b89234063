package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {
    private static ProblemCode refusalOf(String text) {
        return catchThrowableOfType(Problem.class, () -> new MessageText(text)).code();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n\t", "\u00a0", "\u3000", "\u200b\u200d", "\u0007"})
    void a_text_that_shows_nothing_is_empty(String text) {
        assertThat(refusalOf(text)).isEqualTo(ProblemCode.TEXT_EMPTY);
    }

    @Test
    void it_has_at_most_8000_characters_as_people_count_them() {
        assertThat(new MessageText("字".repeat(8_000)).value()).hasSize(8_000);
        assertThat(new MessageText("👋".repeat(8_000)).value()).hasSize(16_000);
        assertThat(refusalOf("字".repeat(8_001))).isEqualTo(ProblemCode.TEXT_TOO_LONG);
        assertThat(refusalOf("👋".repeat(8_001))).isEqualTo(ProblemCode.TEXT_TOO_LONG);
    }

    @Test
    void what_the_database_cannot_keep_is_refused_and_not_lost() {
        assertThatThrownBy(() -> new MessageText("a\0b")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> new MessageText("half \ud83d of a hand")).isInstanceOf(Problem.class);
        assertThat(refusalOf("a\0b")).isEqualTo(ProblemCode.INVALID);
    }

    @Test
    void it_is_kept_as_it_was_written() {
        assertThat(new MessageText("  two\n lines ").value()).isEqualTo("  two\n lines ");
    }

    @Test
    void its_preview_is_one_short_line() {
        assertThat(new MessageText(" Where is\n\tmy parcel? ").preview()).isEqualTo("Where is my parcel?");
        String preview = new MessageText("👋".repeat(300)).preview();
        assertThat(preview).isEqualTo("👋".repeat(199) + "…");
    }
}
