package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens many idle customer connections and measures the memory that they cost the server. */
final class IdleConnections implements AutoCloseable {
    private static final int CONCURRENCY = 32;
    private static final int PING_SECONDS = 20;

    private final ApiClient api;
    private final ScheduledExecutorService scheduler;
    private final Long serverPid;
    private final List<WebSocket> open = new ArrayList<>();
    private final AtomicInteger welcomed = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile boolean closing;

    IdleConnections(ApiClient api, ScheduledExecutorService scheduler, Long serverPid) {
        this.api = api;
        this.scheduler = scheduler;
        this.serverPid = serverPid;
    }

    /**
     * Opens the connections, each for a new customer, holds them, and measures the server's memory before and after.
     */
    ObjectNode hold(int count, Duration time) {
        Long before = residentBytes();
        openAll(count);
        System.err.printf(
                "%d of %d idle connections are open; holding them for %s.%n",
                welcomed.get(), count, Progress.formatted(time.toSeconds()));
        ApiClient.pause(time);
        Long after = residentBytes();
        int connected = welcomed.get() - dropped.get();
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("asked", count);
        json.put("connected", connected);
        json.put("failed", failed.get());
        json.put("dropped", dropped.get());
        if (before != null && after != null && connected > 0) {
            json.put("residentBytesBefore", before);
            json.put("residentBytesAfter", after);
            json.put("bytesPerConnection", (after - before) / connected);
        }
        return json;
    }

    private void openAll(int count) {
        // From the first connection on, because opening all of them may take longer than the server's timeout.
        scheduler.scheduleWithFixedDelay(this::pingAll, PING_SECONDS, PING_SECONDS, TimeUnit.SECONDS);
        ExecutorService openers = Executors.newFixedThreadPool(CONCURRENCY);
        try {
            List<Future<?>> opening = new ArrayList<>();
            for (int index = 0; index < count; index++) {
                opening.add(openers.submit(this::openOne));
            }
            int done = 0;
            for (Future<?> future : opening) {
                future.get();
                if (++done % 500 == 0) {
                    System.err.printf("%d of %d idle connections opened%n", done, count);
                }
            }
        } catch (InterruptedException interrupted) {
            throw ApiClient.interrupted(interrupted);
        } catch (ExecutionException failure) {
            throw new ReplayException("Opening idle connections failed: " + failure.getCause(), failure);
        } finally {
            openers.shutdownNow();
        }
    }

    private void openOne() {
        String token = api.customerToken(null);
        Semaphore welcome = new Semaphore(0);
        try {
            WebSocket socket = api.http()
                    .newWebSocketBuilder()
                    .buildAsync(api.socket("/ws/customer"), new Listener(welcome))
                    .get(30, TimeUnit.SECONDS);
            ObjectNode hello = Json.MAPPER.createObjectNode().put("type", "hello");
            socket.sendText(hello.put("token", token).put("after", 0).toString(), true);
            if (!welcome.tryAcquire(30, TimeUnit.SECONDS)) {
                failed.incrementAndGet();
                socket.abort();
                return;
            }
            synchronized (open) {
                open.add(socket);
            }
        } catch (InterruptedException interrupted) {
            throw ApiClient.interrupted(interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            if (failed.incrementAndGet() == 1) {
                System.err.println("A connection could not be opened: " + failure);
            }
        }
    }

    private void pingAll() {
        List<WebSocket> current;
        synchronized (open) {
            current = List.copyOf(open);
        }
        current.forEach(socket -> socket.sendText("{\"type\":\"ping\"}", true));
    }

    private Long residentBytes() {
        if (serverPid == null) {
            return null;
        }
        try {
            return Files.readAllLines(Path.of("/proc", serverPid.toString(), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(null);
        } catch (IOException failure) {
            throw new ReplayException(
                    "Cannot read the memory of process " + serverPid + "; --server-pid needs /proc: " + failure,
                    failure);
        }
    }

    @Override
    public void close() {
        closing = true;
        open.forEach(WebSocket::abort);
    }

    private final class Listener implements WebSocket.Listener {
        private final Semaphore welcome;
        private boolean isWelcomed;

        Listener(Semaphore welcome) {
            this.welcome = welcome;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            if (!isWelcomed && text.toString().contains("\"welcome\"")) {
                isWelcomed = true;
                welcomed.incrementAndGet();
                welcome.release();
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended();
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            ended();
        }

        private void ended() {
            if (isWelcomed && !closing) {
                dropped.incrementAndGet();
            }
        }
    }
}
