package io.replyloop.mail;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/** A mail to a customer, for whoever asks what is kept of them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MailedToCustomer(
        MailKind kind, String to, String state, Instant createdAt, Instant endedAt, String subject, String text) {}
