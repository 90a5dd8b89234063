package io.replyloop.gaps;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.gaps.GapsView.State;
import org.junit.jupiter.api.Test;

class GapsViewTest {
    @Test
    void counts_say_nothing_until_something_was_found() {
        assertThat(State.of(false, true)).isEqualTo(State.COMPUTING);
        assertThat(State.of(false, false)).isEqualTo(State.COMPUTING);
        assertThat(State.of(true, true)).isEqualTo(State.REFRESHING);
        assertThat(State.of(true, false)).isEqualTo(State.READY);
    }
}
