package io.replyloop.signin;

import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;

/** Sign-in with e-mail and password. No transaction around the whole: hashing takes long and needs no connection. */
@ApplicationScoped
class SignIn {
    private final Agents agents;
    private final Sessions sessions;
    private final SignInLimits limits;

    SignIn(Agents agents, Sessions sessions, SignInLimits limits) {
        this.agents = agents;
        this.sessions = sessions;
        this.limits = limits;
    }

    record Opened(SignedInAgent agent, SecretToken token) {}

    Opened withPassword(String email, String password, String address) {
        limits.begin(email, address);
        SignedInAgent agent = agents.authenticate(email, password)
                .orElseThrow(() -> new Problem(
                        ProblemCode.SIGN_IN_FAILED,
                        "E-mail address and password do not belong together. Check both and try again."));
        limits.succeeded(email);
        return open(agent);
    }

    Opened open(SignedInAgent agent) {
        return new Opened(agent, sessions.open(agent.id()));
    }
}
