package io.replyloop.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadMarkTest {
    @Test
    void it_moves_forward() {
        assertThat(new ReadMark(2).movedTo(5, 9)).isEqualTo(new ReadMark(5));
    }

    @Test
    void it_never_moves_back() {
        assertThat(new ReadMark(5).movedTo(2, 9)).isEqualTo(new ReadMark(5));
    }

    @Test
    void it_never_goes_beyond_what_there_is() {
        assertThat(new ReadMark(5).movedTo(Long.MAX_VALUE, 9)).isEqualTo(new ReadMark(9));
    }
}
