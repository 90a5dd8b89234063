package io.replyloop.conversation;

import java.util.UUID;

/**
 * Which conversations to list.
 *
 * @param me the agent who asks
 * @param cursor where the page before ended; null for the first page
 */
public record InboxQuery(InboxView view, UUID me, InboxFilter filter, InboxOrder order, String cursor, int limit) {
    /** The first page of a view, as the console opens it. */
    public static InboxQuery first(InboxView view, UUID me, int limit) {
        return new InboxQuery(view, me, InboxFilter.NONE, InboxOrder.WAITING, null, limit);
    }
}
