package io.replyloop.replay;

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
    void what_arrived_once_and_in_order_is_clean() {
        assertThat(History.compare(sent, sent)).isEqualTo(new History(Set.of(), 0, 0));
        assertThat(History.compare(List.of(), List.of())).isEqualTo(new History(Set.of(), 0, 0));
    }

    @Test
    void what_did_not_arrive_is_lost() {
        assertThat(History.compare(sent, List.of(a, d))).isEqualTo(new History(Set.of(b, c), 0, 0));
    }

    @Test
    void what_arrived_twice_is_duplicated_and_the_first_time_counts_for_the_order() {
        assertThat(History.compare(sent, List.of(a, b, b, c, d, a))).isEqualTo(new History(Set.of(), 2, 0));
    }

    @Test
    void what_nobody_sent_is_duplicated() {
        List<UUID> seen = new ArrayList<>(sent);
        seen.add(null);
        seen.add(UUID.randomUUID());
        assertThat(History.compare(sent, seen)).isEqualTo(new History(Set.of(), 2, 0));
    }

    @Test
    void the_fewest_that_would_have_to_move_are_out_of_order() {
        assertThat(History.compare(sent, List.of(b, a, c, d)).outOfOrder()).isEqualTo(1);
        assertThat(History.compare(sent, List.of(d, a, b, c)).outOfOrder()).isEqualTo(1);
        assertThat(History.compare(sent, List.of(d, c, b, a)).outOfOrder()).isEqualTo(3);
    }
}
