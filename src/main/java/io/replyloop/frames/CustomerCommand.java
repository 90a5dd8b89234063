package io.replyloop.frames;

import java.util.UUID;

/** The commands of a customer's page. */
public sealed interface CustomerCommand extends Command {
    record Hello(String token, long after) implements CustomerCommand {}

    record Send(UUID id, String text) implements CustomerCommand {}

    record Typing(boolean active) implements CustomerCommand {}

    record Read(long sequence) implements CustomerCommand {}

    /** @param score null to not be asked again */
    record Rate(UUID id, long resolution, Integer score, String comment) implements CustomerCommand {}

    record Ping() implements CustomerCommand {}
}
