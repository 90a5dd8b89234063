package io.replyloop.lab.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** A client of the server's REST API. Retries while the server is unavailable, so that a replay survives a restart. */
final class ApiClient {
    private static final Duration RETRY_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI server;
    private final String site;

    ApiClient(HttpClient http, URI server, String site) {
        this.http = http;
        this.server = server;
        this.site = site;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    HttpClient http() {
        return http;
    }

    URI socket(String path) {
        String secure = server.getScheme().equals("https") ? "wss" : "ws";
        return URI.create(secure + "://" + server.getRawAuthority() + path);
    }

    /** @param renew the customer's previous token; null for a new customer */
    String customerToken(String renew) {
        Map<String, String> body = renew == null ? Map.of("site", site) : Map.of("site", site, "renew", renew);
        return send(request("/api/customer/token", json(body), "application/json"))
                .path("token")
                .asText();
    }

    Agent signIn(String email, String password) {
        Agent agent = new Agent(email, password);
        agent.renew();
        return agent;
    }

    /** A signed-in team member; signs in again when the session has ended. */
    final class Agent {
        private final String email;
        private final String password;
        private volatile String cookie;

        private Agent(String email, String password) {
            this.email = email;
            this.password = password;
        }

        String cookie() {
            return cookie;
        }

        synchronized void renew() {
            HttpResponse<String> response = sendWithRetries(
                    request("/api/session", json(Map.of("email", email, "password", password)), "application/json"));
            if (response.statusCode() == 401) {
                throw new ReplayException("The server rejected the sign-in of " + email
                        + ". Check --agent and --password, in the same order.");
            }
            requireSuccess(response);
            cookie = response.headers().allValues("Set-Cookie").stream()
                    .map(header -> header.split(";", 2)[0])
                    .filter(pair -> pair.startsWith("replyloop_session="))
                    .findFirst()
                    .orElseThrow(() -> new ReplayException("The server sent no session cookie at sign-in."));
        }

        JsonNode get(String path) {
            return signedIn(request(path, null, null));
        }

        JsonNode post(String path, String type, String body) {
            return signedIn(request(path, body, type));
        }

        private JsonNode signedIn(HttpRequest.Builder request) {
            HttpResponse<String> response = sendWithRetries(request.setHeader("Cookie", cookie));
            if (response.statusCode() == 401) {
                renew();
                response = sendWithRetries(request.setHeader("Cookie", cookie));
            }
            return requireSuccess(response);
        }
    }

    private HttpRequest.Builder request(String path, String body, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(REQUEST_TIMEOUT)
                .header("Accept", "application/json")
                .header("X-Replyloop", "1");
        if (body == null) {
            return request.GET();
        }
        return request.header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private JsonNode send(HttpRequest.Builder request) {
        return requireSuccess(sendWithRetries(request));
    }

    private HttpResponse<String> sendWithRetries(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        long end = System.nanoTime() + RETRY_TIMEOUT.toNanos();
        for (int attempt = 0; ; attempt++) {
            try {
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (!isTransient(response.statusCode()) || System.nanoTime() > end) {
                    return response;
                }
            } catch (IOException unavailable) {
                if (System.nanoTime() > end) {
                    throw new ReplayException(
                            "The server does not answer at " + request.uri() + ": " + unavailable, unavailable);
                }
            } catch (InterruptedException interrupted) {
                throw interrupted(interrupted);
            }
            pause(backOff(attempt));
        }
    }

    private static boolean isTransient(int status) {
        return status == 429 || status == 502 || status == 503 || status == 504;
    }

    private static JsonNode requireSuccess(HttpResponse<String> response) {
        JsonNode body;
        try {
            body = response.body().isBlank() ? Json.MAPPER.createObjectNode() : Json.MAPPER.readTree(response.body());
        } catch (JsonProcessingException notJson) {
            body = Json.MAPPER.createObjectNode();
        }
        if (response.statusCode() >= 300) {
            String detail = body.path("detail").asText(response.body());
            throw new RefusedException(
                    response.statusCode(),
                    response.request().method() + " " + response.uri().getPath() + " was answered with "
                            + response.statusCode() + ": " + detail.substring(0, Math.min(400, detail.length())));
        }
        return body;
    }

    /** The server has refused a request. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** 0.5 s to 20 s, full jitter. */
    static Duration backOff(int attempt) {
        double most = Math.min(20_000, 500 * Math.pow(2, Math.min(attempt, 10)));
        return Duration.ofMillis(50 + (long) (ThreadLocalRandom.current().nextDouble() * most));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    static ReplayException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new ReplayException("Interrupted", interrupted);
    }

    static String json(Object value) {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException(failure);
        }
    }
}
