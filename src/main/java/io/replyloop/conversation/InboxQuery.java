package io.replyloop.conversation;

import java.util.UUID;

/**
 * Which conversations to list, newest change first.
 *
 * @param status null for both
 * @param assignee whose; null for those that {@code unassigned} says
 * @param unassigned only those that nobody holds
 * @param cursor where the page before ended; null for the first page
 */
public record InboxQuery(ConversationStatus status, UUID assignee, boolean unassigned, String cursor, int limit) {}
