package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.lab.replay.Stream.Arrival;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StreamTest {
    private final Stream stream = new Stream();

    private static Frame event(long sequence, String kind, UUID id) {
        return Frame.read("{\"type\":\"event\",\"sequence\":" + sequence + ",\"kind\":\"" + kind + "\""
                + (id == null ? "" : ",\"id\":\"" + id + "\"") + "}");
    }

    @Test
    void messages_are_kept_and_other_events_only_advance_the_sequence() {
        UUID message = UUID.randomUUID();
        UUID take = UUID.randomUUID();
        assertThat(stream.add(event(1, "message", message))).isEqualTo(Arrival.NEXT);
        assertThat(stream.add(event(2, "assignee", take))).isEqualTo(Arrival.NEXT);
        assertThat(stream.messages()).extracting(Stream.Arrived::id).containsExactly(message);
        assertThat(stream.last()).isEqualTo(2);
        assertThat(stream.sequence(message)).isEqualTo(1);
        assertThat(stream.arrivedAt(message)).isNotNull();
        assertThat(stream.arrivedAt(UUID.randomUUID())).isNull();
    }

    @Test
    void a_repeated_event_is_counted_and_not_kept() {
        UUID message = UUID.randomUUID();
        stream.add(event(1, "message", message));
        assertThat(stream.add(event(1, "message", message))).isEqualTo(Arrival.REPEATED);
        assertThat(stream.repeated()).isEqualTo(1);
        assertThat(stream.messages()).extracting(Stream.Arrived::id).containsExactly(message);
    }

    @Test
    void an_event_after_a_gap_is_not_kept() {
        stream.add(event(1, "message", UUID.randomUUID()));
        assertThat(stream.add(event(3, "message", UUID.randomUUID()))).isEqualTo(Arrival.AFTER_A_GAP);
        assertThat(stream.last()).isEqualTo(1);
        assertThat(stream.messages()).hasSize(1);
    }

    @Test
    void an_agents_message_is_found_by_its_text_and_occurrence() {
        stream.add(Frame.read("""
                {"type":"event","sequence":1,"kind":"message","author":{"kind":"customer"},"text":"Hello"}"""));
        stream.add(Frame.read("""
                {"type":"event","sequence":2,"kind":"message","author":{"kind":"agent"},"text":"Hello"}"""));
        assertThat(stream.agentMessageAt("Hello", 1))
                .isEqualTo(stream.messages().get(1).at());
        assertThat(stream.agentMessageAt("Hello", 2)).isNull();
    }
}
