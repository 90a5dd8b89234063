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

    /** @param session the token of the session that stays open */
    void change(SignedInAgent agent, String session, SessionResource.NewPassword wanted, SignInClient client) {
        if (!signIn.isPasswordOf(agent, wanted.current(), client)) {
            throw Problem.ofField("current", FieldRule.WRONG, "current: this is not your present password.");
        }
        String hash = agents.hash(wanted.password());
        QuarkusTransaction.requiringNew().run(() -> {
            agents.changePassword(agent.id(), hash);
            sessions.closeOthers(agent.id(), session);
            links.endOf(agent.id());
        });
    }
}
