package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ReplayStatisticsTest {
    @Test
    void accept_and_reciprocal_rank_are_shares_of_the_picks() {
        ReplayStatistics tally = new ReplayStatistics();
        tally.pick(1);
        tally.pick(2);
        tally.pick(3);
        tally.pick(0);
        JsonNode json = tally.json(1);
        assertThat(json.path("picks").asInt()).isEqualTo(4);
        assertThat(json.path("accept1").asDouble()).isEqualTo(0.25);
        assertThat(json.path("accept3").asDouble()).isEqualTo(0.75);
        assertThat(json.path("mrr").asDouble()).isEqualTo(0.4583);
    }

    @Test
    void without_picks_there_is_no_share_rather_than_a_zero() {
        assertThat(new ReplayStatistics().json(1).path("accept1").isNull()).isTrue();
    }

    @Test
    void one_lost_duplicated_or_displaced_message_spoils_it() {
        ReplayStatistics tally = new ReplayStatistics();
        assertThat(tally.isClean()).isTrue();
        tally.outOfOrder.incrementAndGet();
        assertThat(tally.isClean()).isFalse();
    }
}
