import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Customers who attach and send until the server dies under them, and look afterwards whether everything is there that it
 * had acknowledged. Run by {@code attachments.sh}, which kills the server and starts it again.
 */
final class AttachmentFaults {
    private static final int CUSTOMERS = 4;
    private static final int LARGEST = 600_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final String server;
    private final String token;

    /** Acknowledged by the server: the file's contents by its id, and the file of each message. */
    private final Map<UUID, byte[]> uploaded = new ConcurrentHashMap<>();

    private final Map<UUID, UUID> sent = new ConcurrentHashMap<>();

    private AttachmentFaults(String server) throws IOException, InterruptedException {
        this.server = server;
        HttpRequest ask = HttpRequest.newBuilder(URI.create(server + "/api/customer/token"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"site\":\"demo\"}"))
                .build();
        token = field(HTTP.send(ask, HttpResponse.BodyHandlers.ofString()).body(), "token");
    }

    public static void main(String[] arguments) throws Exception {
        String server = arguments[0];
        AttachmentFaults[] customers = new AttachmentFaults[CUSTOMERS];
        for (int index = 0; index < CUSTOMERS; index++) {
            customers[index] = new AttachmentFaults(server);
        }
        Thread[] writing = IntStream.range(0, CUSTOMERS)
                .mapToObj(index -> new Thread(() -> customers[index].writeUntilTheEnd(index)))
                .toArray(Thread[]::new);
        Arrays.stream(writing).forEach(Thread::start);
        System.out.println("writing");
        for (Thread each : writing) {
            each.join();
        }
        System.out.println("the server is gone");
        for (int tries = 0; tries < 240 && !isBack(server); tries++) {
            TimeUnit.SECONDS.sleep(1);
        }
        int files = 0;
        int messages = 0;
        int lost = 0;
        for (AttachmentFaults customer : customers) {
            files += customer.uploaded.size();
            messages += customer.sent.size();
            lost += customer.lost();
        }
        System.out.printf("%d files and %d messages were acknowledged; %d are lost%n", files, messages, lost);
        System.exit(lost == 0 && messages > 0 ? 0 : 1);
    }

    private static boolean isBack(String server) throws InterruptedException {
        try {
            HttpRequest ask = HttpRequest.newBuilder(URI.create(server + "/api/health/ready"))
                    .timeout(PATIENCE)
                    .build();
            return HTTP.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException away) {
            return false;
        }
    }

    private void writeUntilTheEnd(int seed) {
        Random random = new Random(seed);
        try (Socket socket = new Socket(server, token)) {
            while (true) {
                UUID file = UUID.randomUUID();
                byte[] contents = new byte[random.nextInt(LARGEST) + 1];
                for (int index = 0; index < contents.length; index++) {
                    contents[index] = (byte) ('a' + random.nextInt(26));
                }
                HttpResponse<String> answer = HTTP.send(
                        request("?id=" + file + "&name=a.txt")
                                .header("Content-Type", "application/octet-stream")
                                .POST(HttpRequest.BodyPublishers.ofByteArray(contents))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 429) {
                    TimeUnit.MILLISECONDS.sleep(500);
                    continue;
                }
                if (answer.statusCode() != 200) {
                    throw new IOException("Answered with " + answer.statusCode() + ": " + answer.body());
                }
                uploaded.put(file, contents);
                UUID message = UUID.randomUUID();
                if (socket.send(message, file)) {
                    sent.put(message, file);
                }
            }
        } catch (IOException gone) {
            System.out.println("A customer stops: " + gone.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(server + "/api/attachments" + address))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
    }

    private int lost() throws IOException, InterruptedException {
        int lost = 0;
        for (Map.Entry<UUID, byte[]> file : uploaded.entrySet()) {
            HttpResponse<byte[]> answer =
                    HTTP.send(request("/" + file.getKey()).build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200 || !Arrays.equals(answer.body(), file.getValue())) {
                System.out.println("File " + file.getKey() + " is lost: " + answer.statusCode());
                lost++;
            }
        }
        try (Socket socket = new Socket(server, token)) {
            List<String> events = socket.events();
            for (Map.Entry<UUID, UUID> message : sent.entrySet()) {
                boolean there = events.stream()
                        .anyMatch(event -> event.contains(message.getKey().toString())
                                && event.contains(message.getValue().toString()));
                if (!there) {
                    System.out.println("Message " + message.getKey() + " is lost");
                    lost++;
                }
            }
        }
        return lost;
    }

    private static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        return found.find() ? found.group(1) : "";
    }

    /** A customer's connection. */
    private static final class Socket implements WebSocket.Listener, AutoCloseable {
        private static final String GONE = "gone";

        private final BlockingQueue<String> frames = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;
        private final long last;

        Socket(String server, String token) throws IOException, InterruptedException {
            socket = HTTP.newWebSocketBuilder()
                    .buildAsync(URI.create(server.replace("http", "ws") + "/ws/customer"), this)
                    .join();
            socket.sendText("{\"type\":\"hello\",\"after\":0,\"token\":\"" + token + "\"}", true);
            last = Long.parseLong(field(next("welcome"), "last"));
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean whole) {
            part.append(text);
            if (whole) {
                frames.add(part.toString());
                part.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            frames.add(GONE);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable failure) {
            frames.add(GONE);
        }

        private String next(String type) throws IOException, InterruptedException {
            while (true) {
                String frame = frames.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (frame == null || frame.equals(GONE)) {
                    throw new IOException("the connection is gone");
                }
                if (field(frame, "type").equals(type)) {
                    return frame;
                }
            }
        }

        /** Whether it was acknowledged. */
        boolean send(UUID message, UUID file) throws IOException, InterruptedException {
            socket.sendText(
                    "{\"type\":\"send\",\"id\":\"" + message + "\",\"text\":\"\",\"attachments\":[{\"id\":\"" + file
                            + "\"}]}",
                    true);
            String id = "";
            while (!id.equals(message.toString())) {
                id = field(next("ack"), "id");
            }
            return true;
        }

        List<String> events() throws IOException, InterruptedException {
            List<String> events = new ArrayList<>();
            while (events.size() < last) {
                events.add(next("event"));
            }
            return events;
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
