package io.replyloop.webhooks;

import java.util.List;
import java.util.UUID;

/**
 * What is to be sent where, and signed with what.
 *
 * @param secrets the present one, and the one before it as long as that counts
 */
record Sending(UUID id, String url, String body, List<WebhookSecret> secrets) {}
