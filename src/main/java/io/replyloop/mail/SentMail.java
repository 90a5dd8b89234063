package io.replyloop.mail;

import java.util.UUID;

/**
 * A mail as far as a reply to it needs it.
 *
 * @param upTo see {@link NewMail#upTo()}
 */
public record SentMail(UUID id, UUID customer, UUID conversation, String recipient, long upTo) {}
