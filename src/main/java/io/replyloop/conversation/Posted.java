package io.replyloop.conversation;

/**
 * What became of an act.
 *
 * @param event what is stored; null when the conversation already was as asked and so nothing had to be stored
 * @param repeated whether it was there before, because an earlier try had arrived or nothing had to change
 */
public record Posted(ConversationEventView event, boolean repeated) {
    static final Posted UNCHANGED = new Posted(null, true);
}
