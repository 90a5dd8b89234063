package io.replyloop.mail;

import java.util.UUID;

/** Announced in the transaction that writes a mail. */
public record MailQueued(UUID mail) {}
