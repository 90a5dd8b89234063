package io.replyloop.signin;

import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.identity.SignedInAgent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/**
 * Turns the session cookie into an identity, for REST and for WebSocket upgrades.
 */
@ApplicationScoped
public class SessionAuthentication implements HttpAuthenticationMechanism {
    private static final String SESSION = "replyloop.session";

    /** A session's token, passed to the provider. */
    static final class SessionRequest extends BaseAuthenticationRequest {
        private final String token;

        SessionRequest(String token) {
            this.token = token;
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        Cookie cookie = context.request().getCookie(SessionCookie.NAME);
        if (cookie == null || cookie.getValue().isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        return providers.authenticate(new SessionRequest(cookie.getValue()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(SessionRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom()
                .item(new HttpCredentialTransport(HttpCredentialTransport.Type.COOKIE, SessionCookie.NAME));
    }

    /** @param session the name of the session, which grants no access */
    public static SecurityIdentity identity(SignedInAgent agent, String session) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(agent.id().toString()))
                .addRoles(agent.role().grants())
                .addAttribute(CurrentAgent.attribute(), agent)
                .addAttribute(SESSION, session)
                .build();
    }

    /** The name of the session that this identity belongs to: the hash of its token, in hexadecimal. */
    public static String sessionOf(SecurityIdentity identity) {
        return identity.getAttribute(SESSION);
    }

    @ApplicationScoped
    static class Provider implements IdentityProvider<SessionRequest> {
        private final Sessions sessions;

        Provider(Sessions sessions) {
            this.sessions = sessions;
        }

        @Override
        public Class<SessionRequest> getRequestType() {
            return SessionRequest.class;
        }

        /**
         * An ended session means an anonymous user, not a failure: public pages must stay reachable with an old cookie.
         */
        @Override
        public Uni<SecurityIdentity> authenticate(SessionRequest request, AuthenticationRequestContext context) {
            return context.runBlocking(() -> sessions.find(request.token)
                    .map(agent -> identity(agent, SecretToken.nameOf(request.token)))
                    .orElseGet(() -> QuarkusSecurityIdentity.builder()
                            .setAnonymous(true)
                            .setPrincipal(new QuarkusPrincipal(""))
                            .build()));
        }
    }
}
