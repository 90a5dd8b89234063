package io.replyloop.conversation;

import java.util.UUID;

/**
 * Which conversations to list: open ones from the longest wait on, others from the newest change on.
 *
 * @param status null for both
 * @param assignee whose; null for those that {@code unassigned} says
 * @param unassigned only those that nobody holds
 * @param teamsOf only those of teams that this agent belongs to; null for all
 * @param cursor where the page before ended; null for the first page
 */
public record InboxQuery(
        ConversationStatus status, UUID assignee, boolean unassigned, UUID teamsOf, String cursor, int limit) {}
