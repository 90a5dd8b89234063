package io.replyloop.ranking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void an_idle_device_starts_at_once_and_answers_in_the_order_of_the_pairs() throws Exception {
        device.open();

        var answer = dispatcher.submit(device, List.of("a", "bbb", "cc"), 10, PATIENT);

        assertThat(lengths(answer)).isEqualTo(List.of(1f, 3f, 2f));
    }

    @Test
    void what_waits_together_is_scored_together() throws Exception {
        occupyDevice();
        var first = dispatcher.submit(device, List.of("one"), 20, PATIENT);
        var second = dispatcher.submit(device, List.of("second", "x"), 20, PATIENT);
        var beyondTheBatch = dispatcher.submit(device, List.of("third"), 20, PATIENT);

        device.open();

        assertThat(lengths(first)).isEqualTo(List.of(3f));
        assertThat(lengths(second)).isEqualTo(List.of(6f, 1f));
        assertThat(lengths(beyondTheBatch)).isEqualTo(List.of(5f));
        assertThat(requestsPerBatch).isEqualTo(List.of(1, 2, 1));
    }

    @Test
    void the_oldest_deadline_goes_first() throws Exception {
        occupyDevice();
        var relaxed = dispatcher.submit(device, List.of("relaxed"), 40, Duration.ofSeconds(9));
        var urgent = dispatcher.submit(device, List.of("urgent"), 40, Duration.ofSeconds(1));

        device.open();
        relaxed.get();
        urgent.get();

        assertThat(device.scored).isEqualTo(List.of("occupied", "urgent", "relaxed"));
    }

    @Test
    void what_is_behind_is_scored_when_nobody_else_waits_and_takes_nobodys_place() throws Exception {
        occupyDevice();
        var behind = dispatcher.submitBehind(device, List.of("behind"), 90, Duration.ofSeconds(1));
        assertThat(dispatcher.waitingTokens()).isEqualTo(0);
        var live = dispatcher.submit(device, List.of("live"), 90, PATIENT);

        device.open();

        assertThat(lengths(live)).isEqualTo(List.of(4f));
        assertThat(lengths(behind)).isEqualTo(List.of(6f));
        assertThat(device.scored).isEqualTo(List.of("occupied", "live", "behind"));
    }

    @Test
    void a_full_queue_answers_at_once() throws Exception {
        occupyDevice();
        var waits = dispatcher.submit(device, List.of("waits"), 90, PATIENT);

        var refused = dispatcher.submit(device, List.of("refused"), 11, PATIENT);

        assertThat(refused.isDone()).isTrue();
        assertThat(assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(refused::get)
                        .actual()
                        .getCause())
                .isInstanceOf(Dispatcher.QueueFull.class);
        device.open();
        assertThat(lengths(waits)).isEqualTo(List.of(5f));
        assertThat(device.scored.contains("refused")).isFalse();
    }

    @Test
    void a_cancelled_request_frees_its_place_and_never_reaches_the_device() throws Exception {
        occupyDevice();
        var cancelled = dispatcher.submit(device, List.of("cancelled"), 90, PATIENT);
        cancelled.cancel(false);
        assertThat(dispatcher.waitingTokens()).isEqualTo(0);
        var next = dispatcher.submit(device, List.of("next"), 90, PATIENT);

        device.open();

        assertThat(lengths(next)).isEqualTo(List.of(4f));
        assertThat(device.scored.contains("cancelled")).isFalse();
    }

    @Test
    void an_expired_request_is_skipped_and_says_so() throws Exception {
        occupyDevice();
        var hasty = dispatcher.submit(device, List.of("hasty"), 10, Duration.ofSeconds(1));
        var patient = dispatcher.submit(device, List.of("patient"), 10, Duration.ofSeconds(10));
        now.addAndGet(Duration.ofSeconds(2).toNanos());

        device.open();

        assertThat(assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(hasty::get)
                        .actual()
                        .getCause())
                .isInstanceOf(TimeoutException.class);
        assertThat(lengths(patient)).isEqualTo(List.of(7f));
        assertThat(device.scored.contains("hasty")).isFalse();
    }

    @Test
    void requests_for_different_scorers_never_share_a_batch() throws Exception {
        occupyDevice();
        GatedScorer newModel = new GatedScorer();
        newModel.open();
        var old = dispatcher.submit(device, List.of("old"), 10, PATIENT);
        var fresh = dispatcher.submit(newModel, List.of("fresh"), 10, PATIENT);

        device.open();
        old.get();
        fresh.get();

        assertThat(device.scored).isEqualTo(List.of("occupied", "old"));
        assertThat(newModel.scored).isEqualTo(List.of("fresh"));
    }

    @Test
    void a_failing_scorer_fails_its_requests_and_the_next_one_is_served() throws Exception {
        var failed = dispatcher.submit(
                pairs -> {
                    throw new UnsatisfiedLinkError("no such function");
                },
                List.of("x"),
                1,
                PATIENT);
        assertThat(assertThatExceptionOfType(ExecutionException.class)
                        .isThrownBy(failed::get)
                        .actual()
                        .getCause())
                .isInstanceOf(UnsatisfiedLinkError.class);

        device.open();
        assertThat(lengths(dispatcher.submit(device, List.of("next"), 1, PATIENT)))
                .isEqualTo(List.of(4f));
    }

    @Test
    void closing_cancels_what_still_waits() throws Exception {
        occupyDevice();
        var waiting = dispatcher.submit(device, List.of("waiting"), 10, PATIENT);
        Thread closer = new Thread(dispatcher::close);
        closer.start();

        assertThatThrownBy(() -> waiting.get(10, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
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
