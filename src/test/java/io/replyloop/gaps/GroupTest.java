package io.replyloop.gaps;

import static io.replyloop.gaps.Questions.answered;
import static io.replyloop.gaps.Questions.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupTest {
    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    @Test
    void a_group_has_the_id_of_its_oldest_question_and_counts_no_past_ones() {
        OpenQuestion past = at("Norway?", null, NOW.minus(Duration.ofDays(200)), true);
        OpenQuestion old = at("To Norway?", null, NOW.minus(Duration.ofDays(30)), false);
        OpenQuestion young = at("挪威可以吗？", null, NOW, false);

        Group group = Group.of(List.of(young, past, old));

        assertThat(group.id()).isEqualTo(old.id());
        assertThat(group.questions()).isEqualTo(List.of(young, old));
        assertThat(group.members()).contains(past.id());
        assertThat(group.newest()).isEqualTo(young);
        assertThat(group.languages()).isEqualTo(List.of("en", "zh"));
        assertThat(group.weight(NOW)).isEqualTo(1.5);
        assertThat(group.since(NOW.minusSeconds(1))).isEqualTo(1);
    }

    @Test
    void answers_are_told_once_and_the_most_frequent_first() {
        Group group = Group.of(List.of(
                answered("a", "Only by post."),
                answered("b", null),
                answered("c", "For 12 euros."),
                answered("d", "For 12  euros.")));

        assertThat(group.answered()).hasSize(2);
        assertThat(group.answered().get(0).answer()).isEqualToNormalizingWhitespace("For 12 euros.");
        assertThat(group.answered().get(1).answer()).isEqualTo("Only by post.");
    }
}
