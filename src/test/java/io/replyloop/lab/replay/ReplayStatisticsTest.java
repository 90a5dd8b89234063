package io.replyloop.lab.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ReplayStatisticsTest {
    @Test
    void accept_rates_and_mrr_are_averages_over_the_picks() {
        ReplayStatistics statistics = new ReplayStatistics();
        statistics.pick(1);
        statistics.pick(2);
        statistics.pick(3);
        statistics.pick(0);
        JsonNode json = statistics.json(1);
        assertThat(json.path("picks").asInt()).isEqualTo(4);
        assertThat(json.path("accept1").asDouble()).isEqualTo(0.25);
        assertThat(json.path("accept3").asDouble()).isEqualTo(0.75);
        assertThat(json.path("mrr").asDouble()).isEqualTo(0.4583);
    }

    @Test
    void without_picks_the_rates_are_null() {
        assertThat(new ReplayStatistics().json(1).path("accept1").isNull()).isTrue();
    }

    @Test
    void one_message_out_of_order_makes_the_result_unclean() {
        ReplayStatistics statistics = new ReplayStatistics();
        assertThat(statistics.isClean()).isTrue();
        statistics.outOfOrder.incrementAndGet();
        assertThat(statistics.isClean()).isFalse();
    }
}
