package io.replyloop.identity;

import io.replyloop.audit.Actor;
import java.util.UUID;

/** Somebody of the team, as other packages see them. */
public record SignedInAgent(UUID id, String email, String name, Role role) {
    /** The same, as the audit log writes them down. */
    public Actor actor() {
        return Actor.account(id, name);
    }
}
