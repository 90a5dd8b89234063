package io.replyloop.history;

import java.time.Instant;

/**
 * A message of an imported conversation.
 *
 * @param at null where the file does not tell
 */
public record Said(Writer by, String text, Instant at) {}
