package io.replyloop.ranking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class DispatcherTest {
    private static final Duration PATIENT = Duration.ofMinutes(5);

    private final AtomicLong now = new AtomicLong();
    private final List<Integer> requestsPerBatch = new CopyOnWriteArrayList<>();
    private final GatedScorer device = new GatedScorer();
    private final Dispatcher<String> dispatcher = new Dispatcher<>(
            "test",
            new Dispatcher.Limits(100, 50),
            (requests, pairs, tokens, took) -> requestsPerBatch.add(requests),
            now::get);

    @AfterEach
    void close() {
        device.open();
        dispatcher.close();
    }

    @Test
    void anIdleDeviceStartsAtOnceAndAnswersInTheOrderOfThePairs() throws Exception {
        device.open();

        var answer = dispatcher.submit(device, List.of("a", "bbb", "cc"), 10, PATIENT);

        assertEquals(List.of(1f, 3f, 2f), lengths(answer));
    }

    @Test
    void whatWaitsTogetherIsScoredTogether() throws Exception {
        occupyDevice();
        var first = dispatcher.submit(device, List.of("one"), 20, PATIENT);
        var second = dispatcher.submit(device, List.of("second", "x"), 20, PATIENT);
        var beyondTheBatch = dispatcher.submit(device, List.of("third"), 20, PATIENT);

        device.open();

        assertEquals(List.of(3f), lengths(first));
        assertEquals(List.of(6f, 1f), lengths(second));
        assertEquals(List.of(5f), lengths(beyondTheBatch));
        assertEquals(List.of(1, 2, 1), requestsPerBatch);
    }

    @Test
    void theOldestDeadlineGoesFirst() throws Exception {
        occupyDevice();
        var relaxed = dispatcher.submit(device, List.of("relaxed"), 40, Duration.ofSeconds(9));
        var urgent = dispatcher.submit(device, List.of("urgent"), 40, Duration.ofSeconds(1));

        device.open();
        relaxed.get();
        urgent.get();

        assertEquals(List.of("occupied", "urgent", "relaxed"), device.scored);
    }

    @Test
    void aFullQueueAnswersAtOnce() throws Exception {
        occupyDevice();
        var waits = dispatcher.submit(device, List.of("waits"), 90, PATIENT);

        var refused = dispatcher.submit(device, List.of("refused"), 11, PATIENT);

        assertTrue(refused.isDone());
        assertInstanceOf(
                Dispatcher.QueueFull.class,
                assertThrows(ExecutionException.class, refused::get).getCause());
        device.open();
        assertEquals(List.of(5f), lengths(waits));
        assertFalse(device.scored.contains("refused"));
    }

    @Test
    void aCancelledRequestFreesItsPlaceAndNeverReachesTheDevice() throws Exception {
        occupyDevice();
        var cancelled = dispatcher.submit(device, List.of("cancelled"), 90, PATIENT);
        cancelled.cancel(false);
        assertEquals(0, dispatcher.waitingTokens());
        var next = dispatcher.submit(device, List.of("next"), 90, PATIENT);

        device.open();

        assertEquals(List.of(4f), lengths(next));
        assertFalse(device.scored.contains("cancelled"));
    }

    @Test
    void anExpiredRequestIsSkippedAndSaysSo() throws Exception {
        occupyDevice();
        var hasty = dispatcher.submit(device, List.of("hasty"), 10, Duration.ofSeconds(1));
        var patient = dispatcher.submit(device, List.of("patient"), 10, Duration.ofSeconds(10));
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        device.open();

        assertInstanceOf(
                TimeoutException.class,
                assertThrows(ExecutionException.class, hasty::get).getCause());
        assertEquals(List.of(7f), lengths(patient));
        assertFalse(device.scored.contains("hasty"));
    }

    @Test
    void requestsForDifferentScorersNeverShareABatch() throws Exception {
        occupyDevice();
        GatedScorer newModel = new GatedScorer();
        newModel.open();
        var old = dispatcher.submit(device, List.of("old"), 10, PATIENT);
        var fresh = dispatcher.submit(newModel, List.of("fresh"), 10, PATIENT);

        device.open();
        old.get();
        fresh.get();

        assertEquals(List.of("occupied", "old"), device.scored);
        assertEquals(List.of("fresh"), newModel.scored);
    }

    @Test
    void aFailingScorerFailsItsRequestsAndTheNextOneIsServed() throws Exception {
        var failed = dispatcher.submit(
                pairs -> {
                    throw new UnsatisfiedLinkError("no such function");
                },
                List.of("x"),
                1,
                PATIENT);
        assertInstanceOf(
                UnsatisfiedLinkError.class,
                assertThrows(ExecutionException.class, failed::get).getCause());

        device.open();
        assertEquals(List.of(4f), lengths(dispatcher.submit(device, List.of("next"), 1, PATIENT)));
    }

    @Test
    void closingCancelsWhatStillWaits() throws Exception {
        occupyDevice();
        var waiting = dispatcher.submit(device, List.of("waiting"), 10, PATIENT);
        Thread closer = new Thread(dispatcher::close);
        closer.start();

        assertThrows(CancellationException.class, () -> waiting.get(10, TimeUnit.SECONDS));
        device.open();
        closer.join();
    }

    private void occupyDevice() throws InterruptedException {
        dispatcher.submit(device, List.of("occupied"), 1, PATIENT);
        device.entered.await();
    }

    private static List<Float> lengths(CompletableFuture<List<float[]>> answer) throws Exception {
        return answer.get().stream().map(row -> row[0]).toList();
    }

    /** Scores a text by its length, once the gate is open. */
    private static final class GatedScorer implements Dispatcher.Scorer<String> {
        final CountDownLatch entered = new CountDownLatch(1);
        final List<String> scored = new CopyOnWriteArrayList<>();
        private final CountDownLatch gate = new CountDownLatch(1);

        void open() {
            gate.countDown();
        }

        @Override
        public List<float[]> logits(List<String> pairs) {
            entered.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            scored.addAll(pairs);
            List<float[]> rows = new ArrayList<>();
            pairs.forEach(pair -> rows.add(new float[] {pair.length()}));
            return rows;
        }
    }
}
