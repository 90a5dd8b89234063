package io.replyloop.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void textsGetVectorsOfLengthOneAndAreReadOnce() {
        try (OpenEncoder encoder = open(Duration.ofMinutes(1))) {
            List<float[]> first =
                    encoder.of(List.of("where is my parcel", "hello"), true).join();
            double length = 0;
            for (float number : first.get(0)) {
                length += number * number;
            }
            assertEquals(1, length, 1e-4);
            assertEquals(encoder.dimension(), first.get(0).length);

            List<float[]> again = encoder.of(List.of("hello", "another"), false).join();
            assertSame(first.get(1), again.get(0));
            assertEquals(2, metrics.get("replyloop.encoder.batch").timer().count());
        }
    }

    @Test
    void whoeverWaitsIsToldRatherThanAnsweredLate() {
        try (OpenEncoder encoder = open(Duration.ZERO)) {
            assertThrows(
                    CompletionException.class,
                    () -> encoder.of(List.of("hello"), true).join());
            assertEquals(1, encoder.of(List.of("hello"), false).join().size());
        }
    }

    @Test
    void whatNeedNotHurryIsReadInShortPasses() {
        try (OpenEncoder encoder = open(Duration.ofMinutes(1))) {
            List<String> texts = IntStream.range(0, 40)
                    .mapToObj(i -> "where is my parcel number " + i + " and when ".repeat(10))
                    .toList();
            assertEquals(40, encoder.of(texts, false).join().size());
            assertTrue(metrics.get("replyloop.encoder.batch").timer().count() >= 3);
        }
    }

    @Test
    void oneThatHasBeenReplacedRefusesInItsAnswer() {
        OpenEncoder encoder = open(Duration.ofMinutes(1));
        encoder.close();
        CompletableFuture<List<float[]>> asked = encoder.of(List.of("hello"), true);
        assertThrows(CompletionException.class, asked::join);
    }

    @Test
    void theLengthBelongsToTheVersion() {
        try (OpenEncoder encoder = open(Duration.ofMinutes(1))) {
            assertTrue(encoder.version().endsWith("-64") && encoder.version().length() < 40, encoder.version());
        }
    }
}
