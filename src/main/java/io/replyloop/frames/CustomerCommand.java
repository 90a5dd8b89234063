package io.replyloop.frames;

import io.replyloop.identity.FilledForm;
import java.util.List;
import java.util.UUID;

/** The commands of a customer's page. */
public sealed interface CustomerCommand extends Command {
    record Hello(String token, long after) implements CustomerCommand {}

    record Send(UUID id, String text, List<UUID> attachments) implements CustomerCommand {}

    /** What was asked before the conversation; it counts with the first message. */
    record Form(FilledForm form) implements CustomerCommand {}

    record Typing(boolean active) implements CustomerCommand {}

    record Read(long sequence) implements CustomerCommand {}

    /** @param score null to not be asked again */
    record Rate(UUID id, long resolution, Integer score, String comment) implements CustomerCommand {}

    record Ping() implements CustomerCommand {}
}
