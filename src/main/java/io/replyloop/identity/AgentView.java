package io.replyloop.identity;

import java.time.Instant;
import java.util.UUID;

/** An account, as admins see it. */
public record AgentView(UUID id, String email, String name, Role role, boolean active, Instant createdAt) {}
