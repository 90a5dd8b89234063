import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A receiver for src/bench/webhooks.sh, run from its source, that verifies each request and appends it to a file before it
 * answers; and the comparison of that file with what the server's REST interface says has happened.
 */
final class WebhookReceiver {
    private static final Set<String> TOLD = Set.of("message", "assignee", "status");

    private record Arrival(long at, String id, String type, String conversation, long sequence, long event) {}

    private WebhookReceiver() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 4 && arguments[0].equals("receive")) {
            receive(Integer.parseInt(arguments[1]), Path.of(arguments[2]), arguments[3]);
        } else if (arguments.length == 4 && arguments[0].equals("compare")) {
            System.exit(compare(Path.of(arguments[1]), arguments[2], arguments[3]) ? 0 : 1);
        } else {
            System.err.println("receive PORT FILE SECRET | compare FILE ADDRESS COOKIE");
            System.exit(2);
        }
    }

    private static void receive(int port, Path file, String secret) throws IOException {
        byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        BufferedWriter log = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
        server.setExecutor(Executors.newFixedThreadPool(8));
        server.createContext("/", request -> {
            try (request) {
                String body = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                if (!isSigned(request, body, key)) {
                    System.err.println("a request that is not signed as it should be");
                    request.sendResponseHeaders(401, -1);
                    return;
                }
                String line = System.currentTimeMillis() + "\t" + header(request, "webhook-id") + "\t"
                        + field("type", body) + "\t" + field("conversation", body) + "\t" + field("sequence", body)
                        + "\t" + field("event", body) + "\n";
                synchronized (log) {
                    log.write(line);
                    log.flush();
                }
                // As long as one that stores what it gets: long enough for a server to die without having heard the answer.
                Thread.sleep(20);
                request.sendResponseHeaders(204, -1);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    private static boolean isSigned(HttpExchange request, String body, byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            String signed = header(request, "webhook-id") + "." + header(request, "webhook-timestamp") + "." + body;
            byte[] expected = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
            for (String one : header(request, "webhook-signature").split(" ")) {
                if (one.startsWith("v1,") && MessageDigest.isEqual(expected, Base64.getDecoder().decode(one.substring(3)))) {
                    return true;
                }
            }
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String header(HttpExchange request, String name) {
        return request.getRequestHeaders().getFirst(name);
    }

    /** The first of that name; 0 without one. */
    private static String field(String name, String json) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        return found.find() ? found.group(1) : "0";
    }

    private static boolean compare(Path file, String server, String cookie) throws Exception {
        List<Arrival> arrivals = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split("\t");
            arrivals.add(new Arrival(
                    Long.parseLong(parts[0]),
                    parts[1],
                    parts[2],
                    parts[3],
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5])));
        }
        Map<String, Arrival> first = new LinkedHashMap<>();
        arrivals.forEach(one -> first.putIfAbsent(one.id, one));
        Map<String, String> ids = new HashMap<>();
        long otherIds = 0;
        Map<String, Long> newest = new HashMap<>();
        long outOfOrder = 0;
        Map<String, Long> highest = new HashMap<>();
        Map<String, Long> counted = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (Arrival one : first.values()) {
            if (ids.put(one.conversation + " " + one.sequence, one.id) != null) {
                otherIds++;
            }
            if (one.sequence <= newest.getOrDefault(one.conversation, 0L)) {
                outOfOrder++;
            }
            newest.put(one.conversation, one.sequence);
            highest.merge(one.conversation, one.sequence, Math::max);
            counted.merge(one.conversation, 1L, Long::sum);
            told.add(one.conversation + " " + one.event);
        }
        long gaps = highest.entrySet().stream()
                .mapToLong(one -> one.getValue() - counted.get(one.getKey()))
                .sum();
        Set<String> happened = happened(server, cookie);
        long missing = happened.stream().filter(one -> !told.contains(one)).count();
        Map<String, Long> types = new TreeMap<>();
        first.values().forEach(one -> types.merge(one.type, 1L, Long::sum));
        System.out.println("messages, assignments and states in the server: " + happened.size());
        System.out.println("of these not arrived:                           " + missing);
        System.out.println("events arrived, without repeats:                " + first.size() + " " + types);
        System.out.println("conversations:                                  " + highest.size());
        System.out.println("gaps in the numbers of conversations:           " + gaps);
        System.out.println("out of order:                                   " + outOfOrder);
        System.out.println("repeats, with the same id:                      " + (arrivals.size() - first.size()));
        System.out.println("repeats with another id:                        " + otherIds);
        return missing == 0 && gaps == 0 && outOfOrder == 0 && otherIds == 0 && !happened.isEmpty();
    }

    /** Each event of each conversation that the webhook is told of, as its conversation and number. */
    private static Set<String> happened(String server, String cookie) throws Exception {
        Set<String> happened = new HashSet<>();
        String cursor = "";
        do {
            String page = get(server + "/api/conversations?order=newest&limit=200" + cursor, cookie);
            Matcher conversation =
                    Pattern.compile("\"id\":\"([0-9a-f-]{36})\",\"status\"").matcher(page);
            while (conversation.find()) {
                events(server, cookie, conversation.group(1), happened);
            }
            Matcher next = Pattern.compile("\"next\":\"([^\"]+)\"").matcher(page);
            cursor = next.find() ? "&cursor=" + next.group(1) : null;
        } while (cursor != null);
        return happened;
    }

    private static void events(String server, String cookie, String conversation, Set<String> happened) throws Exception {
        long after = 0;
        while (true) {
            String page = get(
                    server + "/api/conversations/" + conversation + "/events?limit=200&after=" + after, cookie);
            Matcher event = Pattern.compile("\"sequence\":(\\d+),\"at\":\"[^\"]*\",\"kind\":\"([a-z]+)\"")
                    .matcher(page);
            long last = after;
            while (event.find()) {
                last = Long.parseLong(event.group(1));
                if (TOLD.contains(event.group(2))) {
                    happened.add(conversation + " " + last);
                }
            }
            if (last == after) {
                return;
            }
            after = last;
        }
    }

    private static String get(String address, String cookie) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address)).header("Cookie", cookie).build(),
                        HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(address + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
