package io.replyloop.singlesignon;

import java.io.IOException;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** As much of a browser as it takes to sign in elsewhere: it goes where it is sent, and keeps cookies by their paths. */
final class Visitor {
    private static final int MOST_REDIRECTS = 20;

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private final List<HttpCookie> cookies = new ArrayList<>();
    private final List<URI> passed = new ArrayList<>();

    /** Where it has ended. */
    record Arrival(URI address, int status, String body) {}

    Arrival get(String address) {
        return follow(URI.create(address), null);
    }

    /** Signs in on the page of the provider. */
    Arrival signIn(Arrival page, String name) {
        return follow(
                URI.create(between(page.body(), "action=\"", "\"")),
                form(Map.of("prompt", "login", "login", name, "password", "any")));
    }

    Arrival post(URI address, Map<String, String> fields) {
        return follow(address, form(fields));
    }

    List<URI> passed() {
        return passed;
    }

    /** Null where there is none. */
    String cookie(String name) {
        return cookies.stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse(null);
    }

    /** The names of all that there are. */
    List<String> cookies() {
        return cookies.stream().map(HttpCookie::getName).toList();
    }

    static String between(String text, String before, String after) {
        int start = text.indexOf(before) + before.length();
        return text.substring(start, text.indexOf(after, start));
    }

    private Arrival follow(URI first, String form) {
        URI address = first;
        String body = form;
        for (int redirects = 0; redirects < MOST_REDIRECTS; redirects++) {
            HttpResponse<String> answer = send(address, body);
            passed.add(address);
            String next = answer.headers().firstValue("Location").orElse(null);
            if (next == null) {
                return new Arrival(address, answer.statusCode(), answer.body());
            }
            address = address.resolve(next);
            body = null;
        }
        throw new IllegalStateException("Sent round in circles: " + passed);
    }

    private HttpResponse<String> send(URI address, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        String sent = cookies.stream()
                .filter(cookie -> address.getPath().startsWith(cookie.getPath()))
                .map(cookie -> cookie.getName() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        if (form != null) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString(form));
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void keep(String header) {
        // The parser of the JDK takes no date without a comma after its day, and only names and paths matter here.
        String plain = Arrays.stream(header.split(";"))
                .filter(part -> !part.strip().toLowerCase(Locale.ROOT).startsWith("expires="))
                .collect(Collectors.joining(";"));
        boolean ended = header.contains("Max-Age=0") || header.contains("max-age=0") || header.contains("1970");
        HttpCookie cookie = HttpCookie.parse("Set-Cookie: " + plain).get(0);
        if (cookie.getPath() == null) {
            cookie.setPath("/");
        }
        cookies.removeIf(other ->
                other.getName().equals(cookie.getName()) && other.getPath().equals(cookie.getPath()));
        if (!ended) {
            cookies.add(cookie);
        }
    }

    private static String form(Map<String, String> fields) {
        return new LinkedHashMap<>(fields)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }
}
