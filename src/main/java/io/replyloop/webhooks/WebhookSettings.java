package io.replyloop.webhooks;

import java.util.Set;

/** What an admin decides about a webhook; the address was checked. */
record WebhookSettings(String name, String url, Set<EventType> types, Texts texts, boolean enabled) {}
