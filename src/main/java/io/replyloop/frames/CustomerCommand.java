package io.replyloop.frames;

import java.util.List;
import java.util.UUID;

/** The commands of a customer's page. */
public sealed interface CustomerCommand extends Command {
    record Hello(String token, long after) implements CustomerCommand {}

    record Send(UUID id, String text, List<UUID> attachments) implements CustomerCommand {}

    record Typing(boolean active) implements CustomerCommand {}

    record Read(long sequence) implements CustomerCommand {}

    record Ping() implements CustomerCommand {}
}
