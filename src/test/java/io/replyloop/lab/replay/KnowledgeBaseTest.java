package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.lab.replay.KnowledgeBase.Reply;
import io.replyloop.lab.replay.KnowledgeBase.Suggested;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnowledgeBaseTest {
    private final Reply ofTrip = new Reply(UUID.randomUUID(), "ask_day", "Which day do you travel?", Set.of("trip"));
    private final Reply ofParty = new Reply(UUID.randomUUID(), "ask_day", "Which day is the party?", Set.of("party"));
    private final Reply anywhere = new Reply(UUID.randomUUID(), "hello", "Hello!", Set.of());
    private final KnowledgeBase knowledge = new KnowledgeBase(List.of(ofTrip, ofParty, anywhere));

    @Test
    void a_label_refers_to_the_reply_of_the_dialogues_task() {
        assertThat(knowledge.picked("ask_day", List.of("party"))).containsExactly(ofParty);
        assertThat(knowledge.picked("ask_day", List.of("Trip", "party"))).containsExactly(ofTrip, ofParty);
        assertThat(knowledge.picked("ask_day", List.of())).containsExactly(ofTrip, ofParty);
        assertThat(knowledge.picked("ask_day", List.of("bank"))).isEmpty();
        assertThat(knowledge.picked("hello", List.of("bank"))).containsExactly(anywhere);
        assertThat(knowledge.picked("unknown", List.of("trip"))).isEmpty();
    }

    @Test
    void the_picked_reply_is_found_among_the_suggestions_by_id_or_text() {
        Suggested other = new Suggested(UUID.randomUUID(), "Something else");
        List<Reply> picked = List.of(ofTrip);
        assertThat(KnowledgeBase.rank(picked, List.of(other, new Suggested(ofTrip.id(), "edited"))))
                .isEqualTo(2);
        Suggested sameText = new Suggested(UUID.randomUUID(), "which day do you  travel? ");
        assertThat(KnowledgeBase.rank(picked, List.of(sameText, other))).isEqualTo(1);
        assertThat(KnowledgeBase.rank(picked, List.of(other))).isZero();
        assertThat(KnowledgeBase.rank(List.of(), List.of(other))).isZero();
    }
}
