package io.replyloop.conversation;

import java.util.UUID;

/** How a conversation stands in the inbox has changed without an event in it; listen after the commit. */
public record InboxLineChanged(UUID conversation) {}
