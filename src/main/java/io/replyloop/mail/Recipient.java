package io.replyloop.mail;

/** Somebody of the team to whom mails can go. */
public record Recipient(MailAddress address, String name, boolean isAdmin) {}
