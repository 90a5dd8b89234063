package io.replyloop.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ShuffledImpressionTest {
    @Inject
    TestChat chat;

    @Inject
    ImpressionService impressions;

    @Inject
    EntityManager database;

    @Test
    void a_random_order_is_recorded_with_the_rank_that_each_reply_had() {
        UUID best = chat.published("The best of them");
        UUID second = chat.published("The second best");
        UUID third = chat.published("The last of them");

        UUID shuffled = chat.shuffled(chat.silentConversation("Which?"), List.of(best, second, third));
        UUID ranked = chat.impression(chat.silentConversation("Which?"), List.of(best, second), List.of(third));

        assertThat(onScreen(shuffled)).isEqualTo(List.of(third, second, best));
        assertThat(ranks(shuffled)).isEqualTo(List.of(3, 2, 1));
        assertThat(isShuffled(shuffled)).isTrue();
        assertThat(onScreen(ranked)).isEqualTo(List.of(best, second));
        assertThat(ranks(ranked)).containsOnlyNulls();
        assertThat(isShuffled(ranked)).isFalse();
    }

    private List<UUID> onScreen(UUID impression) {
        return QuarkusTransaction.requiringNew()
                .call(() -> impressions.find(impression).orElseThrow().shown().stream()
                        .map(ImpressionView.Candidate::reply)
                        .toList());
    }

    private List<?> ranks(UUID impression) {
        return database.createNativeQuery(
                        "select ranked_position from impression_candidate where impression_id = :id order by position",
                        Integer.class)
                .setParameter("id", impression)
                .getResultList();
    }

    private boolean isShuffled(UUID impression) {
        return (Boolean) database.createNativeQuery("select shuffled from impression where id = :id", Boolean.class)
                .setParameter("id", impression)
                .getSingleResult();
    }
}
