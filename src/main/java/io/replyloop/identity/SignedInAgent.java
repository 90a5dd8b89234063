package io.replyloop.identity;

import io.replyloop.audit.Actor;
import java.util.UUID;

/** A team member as other packages see them. */
public record SignedInAgent(UUID id, String email, String name, Role role) {
    /** The same person as the audit log records them. */
    public Actor actor() {
        return Actor.account(id, name);
    }
}
