package io.replyloop.identity;

import java.util.UUID;

/** Somebody of the team, as the rooms see them. */
public record SignedInAgent(UUID id, String email, String name, Role role) {}
