package io.replyloop.identity;

import java.util.UUID;

/**
 * Something is known of a customer that was not, or the other way round.
 *
 * @param inLists whether that is the name, which stands in the inbox, too
 */
public record CustomerChanged(UUID customer, boolean inLists) {}
