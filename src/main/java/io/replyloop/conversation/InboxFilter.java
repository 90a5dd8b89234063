package io.replyloop.conversation;

import java.util.UUID;

/**
 * What of a view is listed.
 *
 * @param label null for any and none
 * @param priority null for any
 * @param unread only with something that no agent has read
 * @param waiting only with a customer who waits for an answer
 * @param language null for any
 * @param assignee whose; null for anybody's
 * @param unassigned only what nobody holds
 * @param teamsOf only what belongs to a team of this agent; null for all
 */
public record InboxFilter(
        UUID label,
        Priority priority,
        boolean unread,
        boolean waiting,
        String language,
        UUID assignee,
        boolean unassigned,
        UUID teamsOf) {
    public static final InboxFilter NONE = new InboxFilter(null, null, false, false, null, null, false);

    public InboxFilter(
            UUID label,
            Priority priority,
            boolean unread,
            boolean waiting,
            String language,
            UUID assignee,
            boolean unassigned) {
        this(label, priority, unread, waiting, language, assignee, unassigned, null);
    }
}
