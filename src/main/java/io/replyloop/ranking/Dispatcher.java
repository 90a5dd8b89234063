package io.replyloop.ranking;

import io.replyloop.platform.DaemonThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Feeds one device. Requests wait in a queue bounded in tokens and ordered by deadline; whenever the device is idle,
 * all waiting requests for the same scorer that fit into one batch are scored together. There is no delay to fill a
 * batch: under light load a request starts immediately, under heavy load batches fill up while the device is busy.
 *
 * <p>A request that is cancelled or past its deadline leaves the queue without using the device.
 *
 * @param <P> an encoded pair
 */
final class Dispatcher<P> implements AutoCloseable {
    /** Scores pairs: one row of logits for each, in the same order. Called by one thread only. */
    interface Scorer<P> {
        List<float[]> logits(List<P> pairs);
    }

    /** Notified of the device's work, on the dispatcher's thread. */
    interface Listener {
        void scored(int requests, int pairs, int tokens, Duration took);
    }

    record Limits(int queueTokens, int batchTokens) {}

    static final class QueueFull extends RuntimeException {
        QueueFull(int waitingTokens) {
            super(waitingTokens + " tokens are waiting already", null, false, false);
        }
    }

    private final class Request {
        final boolean behind;
        final Scorer<P> scorer;
        final List<P> pairs;
        final int tokens;
        final long deadline;
        final CompletableFuture<List<float[]>> result = new CompletableFuture<>();

        Request(boolean behind, Scorer<P> scorer, List<P> pairs, int tokens, long deadline) {
            this.behind = behind;
            this.scorer = scorer;
            this.pairs = pairs;
            this.tokens = tokens;
            this.deadline = deadline;
        }

        /** Does not count against the queue, and nobody waits for it who comes later. */
        int tokensInQueue() {
            return behind ? 0 : tokens;
        }
    }

    private final Limits limits;
    private final Listener listener;
    private final LongSupplier nanoClock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition somethingWaits = lock.newCondition();
    // Deadlines are nanoTime values, which may wrap, so they are compared by difference.
    private final PriorityQueue<Request> waiting =
            new PriorityQueue<>(Comparator.<Request, Boolean>comparing(request -> request.behind)
                    .thenComparing(request -> request.deadline, (a, b) -> Long.signum(a - b)));
    private final Thread thread;
    private int waitingTokens;
    private int tokensAtWork;
    private boolean closed;

    Dispatcher(String device, Limits limits, Listener listener) {
        this(device, limits, listener, System::nanoTime);
    }

    Dispatcher(String device, Limits limits, Listener listener, LongSupplier nanoClock) {
        this.limits = limits;
        this.listener = listener;
        this.nanoClock = nanoClock;
        thread = DaemonThreads.start("ranking-" + device, this::run);
    }

    /**
     * @param tokens the size of the pairs, which counts against the bounds of queue and batch
     * @return completed with the logits; exceptionally with {@link QueueFull} immediately, with
     *     {@link TimeoutException} if the deadline passed before the device was free, or with what the scorer threw.
     *     Cancelling it frees its place.
     */
    CompletableFuture<List<float[]>> submit(Scorer<P> scorer, List<P> pairs, int tokens, Duration patience) {
        return submit(false, scorer, pairs, tokens, patience);
    }

    /**
     * Like {@link #submit}, but behind everybody else: it is scored when nothing else waits, so that others wait for it
     * at most as long as it takes once begun. Keep it small, and wait for one before the next.
     */
    CompletableFuture<List<float[]>> submitBehind(Scorer<P> scorer, List<P> pairs, int tokens, Duration patience) {
        return submit(true, scorer, pairs, tokens, patience);
    }

    private CompletableFuture<List<float[]>> submit(
            boolean behind, Scorer<P> scorer, List<P> pairs, int tokens, Duration patience) {
        Request request = new Request(behind, scorer, pairs, tokens, nanoClock.getAsLong() + patience.toNanos());
        lock.lock();
        try {
            if (closed) {
                request.result.completeExceptionally(new IllegalStateException("The dispatcher is closed"));
                return request.result;
            }
            // A request larger than the queue is accepted if nothing else waits; otherwise it could never run.
            if (!behind && waitingTokens + tokens > limits.queueTokens && waitingTokens > 0) {
                request.result.completeExceptionally(new QueueFull(waitingTokens));
                return request.result;
            }
            waiting.add(request);
            waitingTokens += request.tokensInQueue();
            somethingWaits.signal();
        } finally {
            lock.unlock();
        }
        request.result.whenComplete((logits, failure) -> forget(request));
        return request.result;
    }

    int waitingTokens() {
        lock.lock();
        try {
            return waitingTokens;
        } finally {
            lock.unlock();
        }
    }

    /** Tokens that the device has to process before it could start a new request. */
    int tokensAhead() {
        lock.lock();
        try {
            return waitingTokens + tokensAtWork;
        } finally {
            lock.unlock();
        }
    }

    private void forget(Request request) {
        lock.lock();
        try {
            if (waiting.remove(request)) {
                waitingTokens -= request.tokensInQueue();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (somethingToDo()) {
            score(takeBatch());
        }
    }

    private boolean somethingToDo() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                somethingWaits.awaitUninterruptibly();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private List<Request> takeBatch() {
        List<Request> batch = new ArrayList<>();
        List<Request> late = new ArrayList<>();
        lock.lock();
        try {
            List<Request> byDeadline = new ArrayList<>(waiting);
            byDeadline.sort(waiting.comparator());
            int tokens = 0;
            for (Request request : byDeadline) {
                if (nanoClock.getAsLong() - request.deadline >= 0) {
                    take(request);
                    late.add(request);
                } else if (batch.isEmpty()
                        || (request.scorer == batch.get(0).scorer && tokens + request.tokens <= limits.batchTokens)) {
                    take(request);
                    batch.add(request);
                    tokens += request.tokens;
                }
            }
            tokensAtWork = tokens;
        } finally {
            lock.unlock();
        }
        // Outside the lock, because completing a future runs its dependent actions.
        late.forEach(request ->
                request.result.completeExceptionally(new TimeoutException("No turn came before the deadline")));
        return batch;
    }

    private void take(Request request) {
        waiting.remove(request);
        waitingTokens -= request.tokensInQueue();
    }

    private void score(List<Request> batch) {
        batch.removeIf(request -> request.result.isDone());
        if (batch.isEmpty()) {
            return;
        }
        List<P> pairs = new ArrayList<>();
        int tokens = 0;
        for (Request request : batch) {
            pairs.addAll(request.pairs);
            tokens += request.tokens;
        }
        long started = System.nanoTime();
        try {
            List<float[]> logits = batch.get(0).scorer.logits(pairs);
            if (logits.size() != pairs.size()) {
                throw new IllegalStateException(pairs.size() + " pairs gave " + logits.size() + " rows of logits");
            }
            listener.scored(batch.size(), pairs.size(), tokens, Duration.ofNanos(System.nanoTime() - started));
            int from = 0;
            for (Request request : batch) {
                int to = from + request.pairs.size();
                request.result.complete(List.copyOf(logits.subList(from, to)));
                from = to;
            }
        } catch (Throwable failure) {
            // Includes errors: a native one must fail these requests, not end the only thread that feeds the device.
            batch.forEach(request -> request.result.completeExceptionally(failure));
        }
    }

    /** Stops after the batch in progress and cancels waiting requests. */
    @Override
    public void close() {
        List<Request> left;
        lock.lock();
        try {
            closed = true;
            left = List.copyOf(waiting);
            waiting.clear();
            waitingTokens = 0;
            somethingWaits.signalAll();
        } finally {
            lock.unlock();
        }
        left.forEach(request -> request.result.cancel(false));
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
