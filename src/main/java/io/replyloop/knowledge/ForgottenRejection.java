package io.replyloop.knowledge;

import java.util.UUID;

/**
 * A rejection that counts no longer, because somebody has said since that the reply answers the question.
 *
 * @param version the version of the reply that was read
 */
public record ForgottenRejection(UUID decision, UUID reply, int version) {}
