package io.replyloop.identity;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.RequestScoped;

/** The agent who makes this request; behind {@code @RolesAllowed} there always is one. */
@RequestScoped
public class CurrentAgent {
    private static final String ATTRIBUTE = "replyloop.agent";

    private final SecurityIdentity identity;

    CurrentAgent(SecurityIdentity identity) {
        this.identity = identity;
    }

    public SignedInAgent get() {
        return of(identity);
    }

    /** For code that holds an identity itself, such as a WebSocket connection. */
    public static SignedInAgent of(SecurityIdentity identity) {
        SignedInAgent agent = identity.getAttribute(ATTRIBUTE);
        if (agent == null) {
            throw new Problem(ProblemCode.SIGNED_OUT, "Sign in first.");
        }
        return agent;
    }

    /** The name of the identity's attribute that holds the agent, for code that builds identities. */
    public static String attribute() {
        return ATTRIBUTE;
    }
}
