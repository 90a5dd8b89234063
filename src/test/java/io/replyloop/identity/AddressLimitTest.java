package io.replyloop.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AddressLimitTest {
    private final AddressLimit limit = new AddressLimit(60, 3);

    @Test
    void a_burst_passes_and_then_one_a_second() {
        for (int request = 0; request < 3; request++) {
            assertThat(limit.take("a", 0)).isZero();
        }
        assertThat(limit.take("a", 0)).isBetween(999_000_000L, 1_001_000_000L);
        assertThat(limit.take("a", Duration.ofMillis(999).toNanos())).isPositive();
        assertThat(limit.take("a", Duration.ofMillis(1_001).toNanos())).isZero();
    }

    @Test
    void addresses_do_not_share_a_limit() {
        for (int request = 0; request < 4; request++) {
            limit.take("a", 0);
        }
        assertThat(limit.take("b", 0)).isZero();
    }

    @Test
    void a_network_is_written_as_people_write_it() {
        assertThat(AddressLimit.readable(AddressLimit.key("2001:db8:1:2::1"))).isEqualTo("2001:db8:1:2::/64");
        assertThat(AddressLimit.readable(AddressLimit.key("192.0.2.7"))).isEqualTo("192.0.2.7");
        assertThat(AddressLimit.readable(AddressLimit.key(null))).isEqualTo("unknown");
    }

    @Test
    void ipv6_is_counted_by_network_and_nothing_is_looked_up() {
        assertThat(AddressLimit.key("2001:db8:1:2::1")).isEqualTo(AddressLimit.key("2001:db8:1:2:ffff::9"));
        assertThat(AddressLimit.key("2001:db8:1:2::1")).isNotEqualTo(AddressLimit.key("2001:db8:1:3::1"));
        assertThat(AddressLimit.key("192.0.2.7")).isEqualTo("192.0.2.7");
        assertThat(AddressLimit.key(null)).isEqualTo("unknown");
    }
}
