package io.replyloop.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** An admin's session with a server, for the duration of an import. */
final class ImportClient implements AutoCloseable {
    /** The largest file takes minutes on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private String cookie;

    /** The server's response: a report, or a problem document. */
    record Answer(int status, JsonNode body) {
        boolean isReport() {
            return body.path("results").isArray();
        }
    }

    private ImportClient(URI server) {
        this.server = server;
    }

    /** @param code of the second step; null where the account has none */
    static ImportClient signIn(URI server, String email, String password, String code) throws IOException {
        ImportClient client = new ImportClient(server);
        Map<String, String> credentials = new HashMap<>(Map.of("email", email, "password", password));
        credentials.put("code", code);
        byte[] body = Json.MAPPER.writeValueAsBytes(credentials);
        HttpResponse<String> response = client.answer(client.request("/api/session")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
        if (response.statusCode() / 100 != 2) {
            String detail = parsed(response).path("detail").asText("it answers " + response.statusCode());
            throw new IllegalArgumentException("The server does not let " + email + " in: " + detail);
        }
        // The cookie is restricted to https, so the JDK's client would not send it to a local server.
        client.cookie = response.headers().allValues("Set-Cookie").stream()
                .map(header -> header.split(";", 2)[0])
                .collect(Collectors.joining("; "));
        return client;
    }

    Answer send(Map<String, String> query, byte[] file) throws IOException {
        String parameters = query.entrySet().stream()
                .filter(entry -> entry.getValue() != null)
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> response = answer(request("/api/replies/import?" + parameters)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(file)));
        return new Answer(response.statusCode(), parsed(response));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("X-Replyloop", "1");
        return cookie == null ? request : request.header("Cookie", cookie);
    }

    private HttpResponse<String> answer(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        } catch (IOException away) {
            throw new IllegalArgumentException(
                    "The server at " + server + " cannot be reached: "
                            + Objects.toString(
                                    away.getMessage(), away.getClass().getSimpleName()),
                    away);
        }
    }

    private static JsonNode parsed(HttpResponse<String> response) {
        try {
            return Json.MAPPER.readTree(response.body());
        } catch (JsonProcessingException none) {
            return Json.MAPPER.createObjectNode();
        }
    }

    /** Signs out; if that fails, the session expires anyway. */
    @Override
    public void close() throws IOException {
        answer(request("/api/session").DELETE());
    }
}
