package io.replyloop.conversation;

import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.UUID;

/**
 * Who holds a conversation. What one agent holds another cannot take or put back; an admin may put it back, and may
 * take it by force.
 */
public record Assignment(UUID holder) {
    public Assignment takenBy(SignedInAgent agent, boolean force) {
        if (force && agent.role() != Role.ADMIN) {
            throw new Problem(ProblemCode.NOT_ALLOWED, "Only an admin can take a conversation from somebody else.");
        }
        if (isHeldByOtherThan(agent) && !force) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Somebody else holds this conversation; ask them, or an admin, to put it back into the queue.");
        }
        return new Assignment(agent.id());
    }

    public Assignment releasedBy(SignedInAgent agent) {
        if (isHeldByOtherThan(agent) && agent.role() != Role.ADMIN) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Somebody else holds this conversation; only they or an admin can put it back.");
        }
        return new Assignment(null);
    }

    /** What nobody holds anybody may give to somebody. */
    public void givenBy(SignedInAgent agent) {
        if (isHeldByOtherThan(agent) && agent.role() != Role.ADMIN) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Somebody else holds this conversation; only they or an admin can hand it over.");
        }
    }

    private boolean isHeldByOtherThan(SignedInAgent agent) {
        return holder != null && !holder.equals(agent.id());
    }
}
