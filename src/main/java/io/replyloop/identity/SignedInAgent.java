package io.replyloop.identity;

import java.util.UUID;

/** A team member as other packages see them. */
public record SignedInAgent(UUID id, String email, String name, Role role) {}
