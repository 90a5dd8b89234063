package io.replyloop.suggestion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
    void askingAgainForOneThatWaitsAddsNothing() throws InterruptedException {
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

            assertEquals(List.of(busy, waiting, busy), worked);
        }
    }

    @Test
    void aNewerRequestCancelsWhatIsWaitedForAndStartsAnew() throws InterruptedException {
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

            assertTrue(first.isCancelled());
            assertEquals(2, rounds.get());
        }
    }

    @Test
    void oneConversationIsNeverWorkedOnTwiceAtATime() throws InterruptedException {
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

            assertEquals(1, most.get());
            assertEquals(10_000, newestSeen.get());
        }
    }

    @Test
    void aFailureDoesNotStopTheNextOne() throws InterruptedException {
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
            assertEquals(2, rounds.get());
        }
    }

    @Test
    void whenTooManyWaitTheNextIsTurnedAway() throws InterruptedException {
        Semaphore gate = new Semaphore(0);
        try (var queue = new LatestOnly(1, 1, (conversation, askedAt, waitsFor) -> {
            entered.release();
            gate.acquireUninterruptibly();
            done.release();
        })) {
            assertTrue(queue.ask(UUID.randomUUID()));
            entered.acquire();
            assertTrue(queue.ask(UUID.randomUUID()));
            UUID turnedAway = UUID.randomUUID();
            assertFalse(queue.ask(turnedAway));

            gate.release(10);
            done.acquire(2);
            assertTrue(queue.ask(turnedAway), "it may come again once there is room");
            done.acquire();
        }
    }
}
