package io.replyloop.search;

import java.time.Instant;

/**
 * Which messages to look at.
 *
 * @param source null for all
 * @param from null for any time
 * @param to the first moment after it; null for now
 */
record SearchFilter(Source source, Instant from, Instant to) {}
