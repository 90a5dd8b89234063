package io.replyloop.signin;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Changes a person's own password, and ends all their other sessions, and links to a new one. */
@ApplicationScoped
class OwnPassword {
    private final SignIn signIn;
    private final Agents agents;
    private final Sessions sessions;
    private final AccountLinks links;

    OwnPassword(SignIn signIn, Agents agents, Sessions sessions, AccountLinks links) {
        this.signIn = signIn;
        this.agents = agents;
        this.sessions = sessions;
        this.links = links;
    }

    /** Throws a {@link Problem} of the field {@code current} if this is not the person's password. */
    void require(SignedInAgent agent, String current, SignInClient client) {
        if (!signIn.isPasswordOf(agent, current, client)) {
            throw Problem.ofField("current", FieldRule.WRONG, "current: this is not your present password.");
        }
    }

    /** @param session the token of the session that stays open */
    void change(SignedInAgent agent, String session, SessionResource.NewPassword wanted, SignInClient client) {
        require(agent, wanted.current(), client);
        String hash = agents.hash(wanted.password());
        QuarkusTransaction.requiringNew().run(() -> {
            agents.changePassword(agent.id(), hash);
            sessions.closeOthers(agent.id(), session);
            links.endOf(agent.id());
        });
    }
}
