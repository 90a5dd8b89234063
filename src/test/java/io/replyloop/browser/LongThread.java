package io.replyloop.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.function.Consumer;

/** A server's side of a customer's conversation that is as long as a test wants it, without the time it takes to write it. */
class LongThread {
    private final int history;
    private WebSocketRoute socket;
    private int last;

    LongThread(Page page, int history) {
        this.history = history;
        page.routeWebSocket("**/ws/customer", route -> {
            socket = route;
            route.onMessage(frame -> {
                if (frame.text().contains("\"hello\"")) {
                    welcome(Integer.parseInt(frame.text().replaceFirst(".*\"after\":(\\d+).*", "$1")));
                }
                if (frame.text().contains("\"ping\"")) {
                    route.send("{\"type\":\"pong\"}");
                }
                heard.accept(frame.text());
            });
        });
    }

    private Consumer<String> heard = frame -> {};

    void whenHeard(Consumer<String> frame) {
        heard = frame;
    }

    private void welcome(int after) {
        last = Math.max(last, history);
        socket.send("""
                {"type":"welcome","conversation":"0190f3a1-5b0e-7c3a-9a41-2f6d0c8e1b11","status":"open","last":%d,\
                "customerRead":0,"agentRead":0,"agentsOnline":true,"maxTextLength":8000}""".formatted(last));
        for (int sequence = after + 1; sequence <= last; sequence++) {
            event(sequence, "Message " + sequence + "." + (sequence % 7 == 0 ? " with many words".repeat(20) : ""));
        }
    }

    /** The agent writes. */
    void says(String text) {
        event(++last, text);
    }

    private void event(int sequence, String text) {
        socket.send("""
                {"type":"event","sequence":%d,"at":"2026-03-%02dT09:15:30.125Z","kind":"message",\
                "author":{"kind":"%s","name":"Ada"},"text":"%s"}""".formatted(
                        sequence, 1 + Math.min(27, sequence / 80), sequence % 3 == 0 ? "customer" : "agent", text));
    }

    void breaks() {
        socket.close(new WebSocketRoute.CloseOptions().setCode(4000).setReason("broken by the test"));
    }
}
