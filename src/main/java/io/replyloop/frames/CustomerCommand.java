package io.replyloop.frames;

import io.replyloop.identity.FilledForm;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The commands of a customer's page. */
public sealed interface CustomerCommand extends Command {
    /**
     * @param after the newest event that the page has, in the customer's numbering
     * @param conversation of which conversation that is; null where the page has none, or does not say
     */
    record Hello(String token, long after, UUID conversation) implements CustomerCommand {}

    /** @param begins whether a message after a resolved conversation begins another one instead of reopening it */
    record Send(UUID id, String text, List<UUID> attachments, boolean begins) implements CustomerCommand {}

    /**
     * Where the customer is now.
     *
     * @param page its address, of which query and fragment mean nothing; null where it is not known
     * @param language the tag of the browser's language; null where it is not known
     * @param attributes what the page says of the customer; null where it says nothing
     */
    record Visit(String page, String language, Map<String, Object> attributes) implements CustomerCommand {}

    /** What was asked before the conversation; it counts with the first message. */
    record Form(FilledForm form) implements CustomerCommand {}

    record Typing(boolean active) implements CustomerCommand {}

    /** @param conversation in which; null from pages that do not say, for the current one */
    record Read(long sequence, UUID conversation) implements CustomerCommand {}

    /**
     * @param conversation of which; null from pages that do not say, for the current one
     * @param score null to not be asked again
     */
    record Rate(UUID id, UUID conversation, long resolution, Integer score, String comment)
            implements CustomerCommand {}

    record Ping() implements CustomerCommand {}
}
