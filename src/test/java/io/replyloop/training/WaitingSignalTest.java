package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitingSignalTest {
    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void setUp() {
        file = folder.resolve(WaitingSignal.FILE);
    }

    @Test
    void whoever_opens_the_same_file_is_told_at_once_and_tells_how_long_it_stood_back() throws IOException {
        WaitingSignal server = WaitingSignal.open(file);
        WaitingSignal worker = WaitingSignal.open(file);
        assertThat(worker.customersWait()).isFalse();

        server.waitFor(Duration.ofSeconds(30));
        worker.stoodBack(Duration.ofMillis(1_500));
        worker.stoodBack(Duration.ofMillis(500));

        assertThat(worker.customersWait()).isTrue();
        assertThat(server.stoodBack()).isEqualTo(Duration.ofSeconds(2));
        server.waitFor(Duration.ZERO);
        assertThat(worker.customersWait()).isFalse();
    }

    @Test
    void more_than_a_minute_which_workers_would_not_believe_is_refused_at_start() {
        assertThat(CustomersWaiting.possible(Duration.ofMinutes(1))).isEqualTo(Duration.ofMinutes(1));
        assertThat(CustomersWaiting.possible(Duration.ZERO)).isZero();
        for (Duration wrong : List.of(Duration.ofSeconds(61), Duration.ofSeconds(-1))) {
            assertThatThrownBy(() -> CustomersWaiting.possible(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("replyloop.training.stand-back-after must be from 0s to 60s");
        }
    }

    @Test
    void a_server_that_starts_again_goes_on_with_the_file_of_the_one_before() throws IOException {
        WaitingSignal.open(file).stoodBack(Duration.ofSeconds(3));
        long size = Files.size(file);

        assertThat(WaitingSignal.open(file).stoodBack()).isEqualTo(Duration.ofSeconds(3));
        assertThat(Files.size(file)).isEqualTo(size).isPositive();
    }
}
