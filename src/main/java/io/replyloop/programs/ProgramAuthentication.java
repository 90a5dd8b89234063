package io.replyloop.programs;

import io.quarkus.security.AuthenticationFailedException;
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
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.CurrentAgent;
import io.replyloop.platform.BearerToken;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemAnswer;
import io.replyloop.platform.ProblemCode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Turns a program's token into an identity that has its scopes for roles and none of the team's. Where one is sent, it
 * alone counts: a cookie in the same request does not.
 */
@ApplicationScoped
class ProgramAuthentication implements HttpAuthenticationMechanism {
    private static final String TOKEN = "replyloop.program-token";

    /** A program's token, passed to the provider. */
    static final class TokenRequest extends BaseAuthenticationRequest {
        private final String token;
        private final String address;

        TokenRequest(String token, String address) {
            this.token = token;
            this.address = address;
        }
    }

    private final ProgramLimits limits;
    private final ProblemAnswer answer;

    ProgramAuthentication(ProgramLimits limits, ProblemAnswer answer) {
        this.limits = limits;
        this.answer = answer;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        Optional<String> token = BearerToken.of(context.request());
        if (token.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        SocketAddress remote = context.request().remoteAddress();
        String address = remote == null ? null : AddressLimit.readable(AddressLimit.key(remote.hostAddress()));
        return providers
                .authenticate(new TokenRequest(token.get(), address))
                .invoke(identity -> count(identity, context.response()))
                .onFailure(failure -> failure instanceof Problem && !isRest(context))
                .transform(failure -> told(context, (Problem) failure));
    }

    private static boolean isRest(RoutingContext context) {
        return context.normalizedPath().startsWith("/api/");
    }

    /** REST endpoints answer themselves; elsewhere, such as at a socket, it would be logged as an error of ours. */
    private AuthenticationFailedException told(RoutingContext context, Problem problem) {
        if (!context.response().ended()) {
            answer.send(context, problem);
        }
        return new AuthenticationFailedException(problem.getMessage(), problem);
    }

    private void count(SecurityIdentity identity, HttpServerResponse answer) {
        UUID token = identity.getAttribute(TOKEN);
        ProgramLimits.Allowance left = limits.take(token, System.nanoTime());
        answer.putHeader("RateLimit-Limit", Integer.toString(left.limit()));
        answer.putHeader("RateLimit-Remaining", Integer.toString(left.remaining()));
        answer.putHeader("RateLimit-Reset", Long.toString(left.resetSeconds()));
        if (left.exceeded()) {
            throw Problem.rateLimited(
                    "This token may be used " + left.limit() + " times a minute. Wait " + left.resetSeconds() + " s.",
                    Duration.ofSeconds(left.resetSeconds()));
        }
    }

    /** Before customers' tokens and the cookie are looked at. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 2;
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401));
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(TokenRequest.class);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return Uni.createFrom().item(new HttpCredentialTransport(HttpCredentialTransport.Type.AUTHORIZATION, "bearer"));
    }

    @ApplicationScoped
    static class Provider implements IdentityProvider<TokenRequest> {
        private final ProgramTokens tokens;
        private final RefusedTokens refused;

        Provider(ProgramTokens tokens, RefusedTokens refused) {
            this.tokens = tokens;
            this.refused = refused;
        }

        @Override
        public Class<TokenRequest> getRequestType() {
            return TokenRequest.class;
        }

        @Override
        public Uni<SecurityIdentity> authenticate(TokenRequest request, AuthenticationRequestContext context) {
            return context.runBlocking(() -> identity(request));
        }

        private SecurityIdentity identity(TokenRequest request) {
            ProgramTokens.Known known = tokens.known(request.token)
                    .orElseThrow(() -> new Problem(
                            ProblemCode.TOKEN_INVALID,
                            "This token is not known here. An admin makes one under Administration → Programs."));
            if (known.standing() != ProgramTokens.Standing.VALID) {
                throw refusal(known, request.address);
            }
            return QuarkusSecurityIdentity.builder()
                    .setPrincipal(new QuarkusPrincipal(known.account().id().toString()))
                    .addRoles(known.scopes().stream().map(Scope::wireName).collect(Collectors.toSet()))
                    .addAttribute(CurrentAgent.attribute(), known.account())
                    .addAttribute(TOKEN, known.id())
                    .build();
        }

        private Problem refusal(ProgramTokens.Known known, String address) {
            refused.record(known, address);
            return switch (known.standing()) {
                case EXPIRED ->
                    new Problem(
                            ProblemCode.TOKEN_EXPIRED,
                            "This token has expired. An admin renews it under Administration → Programs.");
                case REVOKED ->
                    new Problem(
                            ProblemCode.TOKEN_INVALID,
                            "This token was revoked. An admin makes another one under Administration → Programs.");
                case REPLACED ->
                    new Problem(
                            ProblemCode.TOKEN_INVALID,
                            "This token was renewed: give the program the new one, or have an admin renew it again under"
                                    + " Administration → Programs.");
                default ->
                    new Problem(
                            ProblemCode.TOKEN_INVALID,
                            "Whoever made this token is no admin any more. Another admin renews it under"
                                    + " Administration → Programs.");
            };
        }
    }
}
