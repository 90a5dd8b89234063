package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.replyloop.bert.network.CrossEncoderOptions;
import io.replyloop.bert.network.Precision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenEncoderTest {
    private static final Path ENCODER = Path.of("src/test/resources/reference/bert-no-head");

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    private OpenEncoder open(Duration patience) {
        return new OpenEncoder(
                ENCODER,
                new CrossEncoderOptions(Precision.FP32, "cpu", 64, 1),
                new Dispatcher.Limits(10_000, 1_000),
                patience,
                metrics);
    }

    @Test
    void texts_get_vectors_of_length_one_and_are_read_once() {
        try (OpenEncoder encoder = open(Duration.ofMinutes(1))) {
            List<float[]> first =
                    encoder.of(List.of("where is my parcel", "hello"), true).join();
            double length = 0;
            for (float number : first.get(0)) {
                length += number * number;
            }
            assertThat(length).isCloseTo(1, within(1e-4));
            assertThat(first.get(0).length).isEqualTo(encoder.dimension());

            List<float[]> again = encoder.of(List.of("hello", "another"), false).join();
            assertThat(again.get(0)).isSameAs(first.get(1));
            assertThat(metrics.get("replyloop.encoder.batch").timer().count()).isEqualTo(2);
        }
    }

    @Test
    void whoever_waits_is_told_rather_than_answered_late() {
        try (OpenEncoder encoder = open(Duration.ZERO)) {
            assertThatThrownBy(() -> encoder.of(List.of("hello"), true).join()).isInstanceOf(CompletionException.class);
            assertThat(encoder.of(List.of("hello"), false).join().size()).isEqualTo(1);
        }
    }

    @Test
    void what_need_not_hurry_is_read_in_short_passes() {
        try (OpenEncoder encoder = open(Duration.ofMinutes(1))) {
            List<String> texts = IntStream.range(0, 40)
                    .mapToObj(i -> "where is my parcel number " + i + " and when ".repeat(10))
                    .toList();
            assertThat(encoder.of(texts, false).join().size()).isEqualTo(40);
            assertThat(metrics.get("replyloop.encoder.batch").timer().count() >= 3)
                    .isTrue();
        }
    }

    @Test
    void one_that_has_been_replaced_refuses_in_its_answer() {
        OpenEncoder encoder = open(Duration.ofMinutes(1));
        encoder.close();
        CompletableFuture<List<float[]>> asked = encoder.of(List.of("hello"), true);
        assertThatThrownBy(asked::join).isInstanceOf(CompletionException.class);
    }

    @Test
    void the_length_belongs_to_the_version() {
        try (OpenEncoder encoder = open(Duration.ofMinutes(1))) {
            assertThat(encoder.version().endsWith("-64") && encoder.version().length() < 40)
                    .as("%s", encoder.version())
                    .isTrue();
        }
    }
}
