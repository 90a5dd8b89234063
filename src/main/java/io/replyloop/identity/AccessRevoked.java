package io.replyloop.identity;

import java.util.UUID;

/**
 * An account was deactivated, changed its role or got a new password. Fired inside the transaction; sessions end in it,
 * and open connections close after it committed.
 */
public record AccessRevoked(UUID account) {}
