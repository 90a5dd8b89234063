package io.replyloop.lab.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NamedRepliesTest {
    private final NamedReplies<String> replies = new NamedReplies<>();

    @Test
    void a_name_means_the_replies_of_the_dialogues_tasks_and_those_of_no_task() {
        replies.put("bye", "Goodbye.", List.of("Order"));
        replies.put("bye", "Thank you, goodbye.", List.of("invoice"));
        replies.put("bye", "See you.", List.of());

        assertThat(replies.named("bye", List.of(" order"))).containsExactly("Goodbye.", "See you.");
        assertThat(replies.named("bye", List.of("refund"))).containsExactly("See you.");
        assertThat(replies.named("bye", List.of())).hasSize(3);
        assertThat(replies.named("hello", List.of())).isEmpty();
    }

    @Test
    void a_reply_without_a_name_is_not_added() {
        replies.put(null, "Goodbye.", List.of());

        assertThat(replies.size()).isZero();
    }
}
