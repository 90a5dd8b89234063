package io.replyloop.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class LatestOnlyTest {
    private final Semaphore entered = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);

    @Test
    void asking_again_for_one_that_waits_adds_nothing() throws InterruptedException {
        UUID busy = UUID.randomUUID();
        UUID waiting = UUID.randomUUID();
        Semaphore gate = new Semaphore(0);
        List<UUID> worked = new CopyOnWriteArrayList<>();
        try (var queue = new LatestOnly(1, 10, (conversation, askedAt, waitsFor) -> {
            entered.release();
            gate.acquireUninterruptibly();
            worked.add(conversation);
            done.release();
        })) {
            queue.ask(busy);
            entered.acquire();
            queue.ask(waiting);
            queue.ask(waiting);
            queue.ask(waiting);
            gate.release(10);
            done.acquire(2);
            queue.ask(busy);
            done.acquire();

            assertThat(worked).isEqualTo(List.of(busy, waiting, busy));
        }
    }

    @Test
    void a_newer_request_cancels_what_is_waited_for_and_starts_anew() throws InterruptedException {
        CompletableFuture<String> first = new CompletableFuture<>();
        AtomicInteger rounds = new AtomicInteger();
        try (var queue = new LatestOnly(2, 10, (conversation, askedAt, waitsFor) -> {
            if (rounds.incrementAndGet() == 1) {
                waitsFor.accept(first);
                entered.release();
                first.join();
            }
            done.release();
        })) {
            UUID conversation = UUID.randomUUID();
            queue.ask(conversation);
            entered.acquire();
            queue.ask(conversation);
            done.acquire();

            assertThat(first.isCancelled()).isTrue();
            assertThat(rounds.get()).isEqualTo(2);
        }
    }

    @Test
    void one_conversation_is_never_worked_on_twice_at_a_time() throws InterruptedException {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger newestSeen = new AtomicInteger();
        AtomicInteger state = new AtomicInteger();
        try (var queue = new LatestOnly(4, 1000, (conversation, askedAt, waitsFor) -> {
            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            newestSeen.set(state.get());
            Thread.yield();
            atOnce.decrementAndGet();
            if (newestSeen.get() == 10_000) {
                done.release();
            }
        })) {
            UUID conversation = UUID.randomUUID();
            for (int i = 0; i < 10_000; i++) {
                state.incrementAndGet();
                queue.ask(conversation);
            }
            done.acquire();

            assertThat(most.get()).isEqualTo(1);
            assertThat(newestSeen.get()).isEqualTo(10_000);
        }
    }

    @Test
    void a_failure_does_not_stop_the_next_one() throws InterruptedException {
        AtomicInteger rounds = new AtomicInteger();
        try (var queue = new LatestOnly(1, 10, (conversation, askedAt, waitsFor) -> {
            if (rounds.incrementAndGet() == 1) {
                throw new IllegalStateException("provoked by the test");
            }
            done.release();
        })) {
            queue.ask(UUID.randomUUID());
            queue.ask(UUID.randomUUID());
            done.acquire();
            assertThat(rounds.get()).isEqualTo(2);
        }
    }

    @Test
    void whoever_closes_it_waits_until_nobody_works_any_more_and_what_is_waited_for_is_given_up() throws Exception {
        CompletableFuture<Void> never = new CompletableFuture<>();
        AtomicInteger working = new AtomicInteger();
        var queue = new LatestOnly(1, 10, (conversation, askedAt, waitsFor) -> {
            working.incrementAndGet();
            try {
                waitsFor.accept(never);
                entered.release();
                never.join();
            } finally {
                working.decrementAndGet();
            }
        });
        queue.ask(UUID.randomUUID());
        queue.ask(UUID.randomUUID());
        entered.acquire();

        queue.close();

        assertThat(never).isCancelled();
        assertThat(working).hasValue(0);
        assertThat(queue.ask(UUID.randomUUID())).isFalse();
    }

    @Test
    void when_too_many_wait_the_next_is_turned_away() throws InterruptedException {
        Semaphore gate = new Semaphore(0);
        try (var queue = new LatestOnly(1, 1, (conversation, askedAt, waitsFor) -> {
            entered.release();
            gate.acquireUninterruptibly();
            done.release();
        })) {
            assertThat(queue.ask(UUID.randomUUID())).isTrue();
            entered.acquire();
            assertThat(queue.ask(UUID.randomUUID())).isTrue();
            UUID turnedAway = UUID.randomUUID();
            assertThat(queue.ask(turnedAway)).isFalse();

            gate.release(10);
            done.acquire(2);
            assertThat(queue.ask(turnedAway))
                    .as("it may come again once there is room")
                    .isTrue();
            done.acquire();
        }
    }
}
