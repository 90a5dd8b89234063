package io.replyloop.identity;

import java.util.UUID;

/**
 * An account was deactivated, changed its role or got a new password. Fired inside the transaction, which also ends its
 * sessions; open connections are closed after the commit.
 */
public record AccessRevoked(UUID account) {}
