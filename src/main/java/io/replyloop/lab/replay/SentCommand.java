package io.replyloop.lab.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A command with an id, which the server stores and acknowledges. Guarded by the lock of its client. */
final class SentCommand {
    final UUID id = UUID.randomUUID();
    final ObjectNode frame;
    final long sentAt = System.nanoTime();
    private final int sentOn;
    private int acknowledgedOn;
    long acknowledgedAt;
    Frame acknowledgement;
    String refusal;

    /** @param connection the number of the connection on which it is sent first */
    SentCommand(ObjectNode frame, int connection) {
        this.frame = frame.put("id", id.toString());
        this.sentOn = connection;
    }

    void acknowledge(Frame frame, int connection) {
        acknowledgedAt = System.nanoTime();
        acknowledgedOn = connection;
        acknowledgement = frame;
    }

    /** Whether the client has reconnected between the command and its acknowledgement. */
    boolean isInterrupted() {
        return sentOn != acknowledgedOn;
    }

    double acknowledgementMillis() {
        return (acknowledgedAt - sentAt) / 1e6;
    }
}
