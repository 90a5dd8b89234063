package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final UUID a = UUID.randomUUID();
    private final UUID b = UUID.randomUUID();
    private final UUID c = UUID.randomUUID();
    private final UUID d = UUID.randomUUID();
    private final List<UUID> sent = List.of(a, b, c, d);

    @Test
    void messages_received_once_and_in_order_are_clean() {
        assertThat(History.ofIds(sent, sent)).isEqualTo(new History(Set.of(), 0, 0));
        assertThat(History.ofIds(List.of(), List.of())).isEqualTo(new History(Set.of(), 0, 0));
    }

    @Test
    void messages_that_were_not_received_are_lost() {
        assertThat(History.ofIds(sent, List.of(a, d))).isEqualTo(new History(Set.of(b, c), 0, 0));
    }

    @Test
    void a_message_received_twice_is_duplicated_and_its_first_copy_determines_the_order() {
        assertThat(History.ofIds(sent, List.of(a, b, b, c, d, a))).isEqualTo(new History(Set.of(), 2, 0));
    }

    @Test
    void a_message_that_was_never_sent_counts_as_duplicated() {
        List<UUID> received = new ArrayList<>(sent);
        received.add(null);
        received.add(UUID.randomUUID());
        assertThat(History.ofIds(sent, received)).isEqualTo(new History(Set.of(), 2, 0));
    }

    @Test
    void the_smallest_number_of_messages_to_move_is_out_of_order() {
        assertThat(History.ofIds(sent, List.of(b, a, c, d)).outOfOrder()).isEqualTo(1);
        assertThat(History.ofIds(sent, List.of(d, a, b, c)).outOfOrder()).isEqualTo(1);
        assertThat(History.ofIds(sent, List.of(d, c, b, a)).outOfOrder()).isEqualTo(3);
    }

    @Test
    void messages_without_an_id_are_matched_by_text_as_often_as_they_were_sent() {
        List<History.Sent> dialogue = List.of(
                new History.Sent(a, false, "Hi"),
                new History.Sent(b, true, "Sorry?"),
                new History.Sent(c, false, "Hi!"),
                new History.Sent(d, true, "Sorry?"));
        assertThat(History.compare(
                        dialogue,
                        List.of(received(a, false, "Hi"), agent("Sorry?"), received(c, false, "Hi!"), agent("Sorry?"))))
                .isEqualTo(new History(Set.of(), 0, 0));
        assertThat(History.compare(
                        dialogue, List.of(received(a, false, "Hi"), agent("Sorry?"), received(c, false, "Hi!"))))
                .isEqualTo(new History(Set.of(d), 0, 0));
        assertThat(History.compare(
                        dialogue,
                        List.of(
                                received(a, false, "Hi"),
                                agent("Sorry?"),
                                received(c, false, "Hi!"),
                                agent("Sorry?"),
                                agent("Sorry?"),
                                agent("Hi"))))
                .isEqualTo(new History(Set.of(), 2, 0));
    }

    private static Stream.Arrived received(UUID id, boolean byAgent, String text) {
        return new Stream.Arrived(1, id, byAgent, text, 0);
    }

    private static Stream.Arrived agent(String text) {
        return received(null, true, text);
    }
}
