package io.replyloop.webhooks;

import io.replyloop.webhooks.WebhookAddresses.Refused;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/**
 * Sends one event once, to the very address that was checked, under the name that was asked for. Vert.x's client and not
 * Java's, because that one looks names up by itself. Follows no redirect, and reads no more of the answer than is shown.
 */
@ApplicationScoped
class WebhookClient {
    /** Characters of an answer that are kept. */
    static final int KEPT = 1_000;

    /** Bytes after which nobody listens any more. */
    private static final int READ = 16_384;

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** Shorter than servers keep idle connections: on one that is just being closed, an event would fail for nothing. */
    private static final int IDLE_SECONDS = 3;

    private final HttpClient client;
    private final WebhookAddresses addresses;
    private final Duration deadline;

    @Inject
    WebhookClient(Vertx vertx, WebhookAddresses addresses, WebhooksConfig config) {
        // Those of the same host share a pool, in which none may wait for another one that hangs.
        this(vertx, addresses, config.deadline(), config.most() * (config.atATime() + 1));
    }

    WebhookClient(Vertx vertx, WebhookAddresses addresses, Duration deadline, int connections) {
        this.addresses = addresses;
        this.deadline = deadline;
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) Math.max(1, deadline.toMillis() / 2))
                .setKeepAliveTimeout(IDLE_SECONDS)
                .setName("webhooks");
        PoolOptions pool = new PoolOptions().setHttp1MaxSize(connections);
        client = vertx.createHttpClient(options, pool);
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Waits for the answer, until the deadline. */
    Answer send(Sending sending) {
        long from = System.nanoTime();
        URI address = WebhookAddresses.parsed(sending.url());
        List<InetAddress> found;
        try {
            found = addresses.of(address);
        } catch (Refused refused) {
            return failed(refused.why(), from);
        }
        Answer answer = failed(Failure.UNREACHABLE, from);
        for (InetAddress one : found) {
            answer = send(sending, address, one, from);
            if (answer.failure() != Failure.UNREACHABLE) {
                break;
            }
        }
        return answer;
    }

    private Answer send(Sending sending, URI address, InetAddress to, long from) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        AtomicReference<HttpClientRequest> under = new AtomicReference<>();
        long left = deadline.toNanos() - (System.nanoTime() - from);
        client.request(options(sending, address, to))
                .onFailure(failure -> answer.complete(failed(unconnected(failure), from)))
                .onSuccess(request -> {
                    under.set(request);
                    if (answer.isDone()) {
                        // Too late: what is sent now would be sent twice.
                        request.reset();
                        return;
                    }
                    request.response()
                            .onFailure(failure -> answer.complete(failed(Failure.BROKEN, from)))
                            .onSuccess(response -> read(response, answer, from));
                    request.end(Buffer.buffer(sending.body().getBytes(StandardCharsets.UTF_8)));
                });
        try {
            return answer.get(Math.max(left, 1), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            answer.complete(failed(Failure.TIMEOUT, from));
            HttpClientRequest request = under.get();
            if (request != null) {
                request.reset();
            }
            return answer.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(Failure.BROKEN, from);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("Is only ever completed with an answer", impossible);
        }
    }

    private static RequestOptions options(Sending sending, URI address, InetAddress to) {
        long now = Instant.now().getEpochSecond();
        String id = sending.id().toString();
        String signatures = sending.secrets().stream()
                .map(secret -> secret.signature(id, now, sending.body()))
                .collect(Collectors.joining(" "));
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(to, WebhookAddresses.port(address))))
                .setHost(WebhookAddresses.host(address))
                .setPort(WebhookAddresses.port(address))
                .setSsl(WebhookAddresses.isEncrypted(address))
                .setURI(address.getRawQuery() == null ? path : path + '?' + address.getRawQuery())
                .setFollowRedirects(false)
                .putHeader("content-type", "application/json")
                .putHeader("user-agent", "Replyloop-Webhooks")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(now))
                .putHeader("webhook-signature", signatures);
        if (address.getHost().startsWith("[")) {
            // The client itself leaves the brackets out, and what remains is no host and port.
            options.putHeader("host", address.getRawAuthority());
        }
        return options;
    }

    private static void read(HttpClientResponse response, CompletableFuture<Answer> answer, long from) {
        Buffer begin = Buffer.buffer();
        response.exceptionHandler(failure -> answer.complete(failed(Failure.BROKEN, from)));
        response.handler(part -> {
            begin.appendBuffer(part.slice(0, Math.min(part.length(), READ - begin.length())));
            if (begin.length() == READ) {
                answer.complete(answered(response, begin, from));
                response.request().connection().close();
            }
        });
        response.endHandler(end -> answer.complete(answered(response, begin, from)));
    }

    private static Answer answered(HttpClientResponse response, Buffer begin, long from) {
        int status = response.statusCode();
        Failure failure = null;
        if (status >= 300 && status < 400) {
            failure = Failure.REDIRECTED;
        } else if (status == 410) {
            failure = Failure.GONE;
        } else if (status < 200 || status >= 300) {
            failure = Failure.STATUS;
        }
        return new Answer(status, failure, shown(begin), millis(from), failure == null ? null : asked(response));
    }

    /** In seconds; the date that it could be instead is not worth it. */
    private static Duration asked(HttpClientResponse response) {
        String seconds = response.getHeader("retry-after");
        if (seconds == null || !seconds.matches("[0-9]{1,9}")) {
            return null;
        }
        Duration wait = Duration.ofSeconds(Long.parseLong(seconds));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /** As a text that can be stored and shown, whatever it was. */
    private static String shown(Buffer begin) {
        String text = begin.toString(StandardCharsets.UTF_8)
                .codePoints()
                .limit(KEPT)
                .map(point -> Character.isISOControl(point) && point != '\n' && point != '\t' ? ' ' : point)
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return text.isEmpty() ? null : text;
    }

    private static Failure unconnected(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return Failure.TLS;
            }
        }
        return Failure.UNREACHABLE;
    }

    private static Answer failed(Failure failure, long from) {
        return new Answer(null, failure, null, millis(from), null);
    }

    private static long millis(long from) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
    }
}
