package io.replyloop.identity;

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
import io.replyloop.platform.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/**
 * Turns a customer's token into an identity, at the few addresses that customers call by themselves. Where it is sent, it
 * alone counts: an agent's cookie in the same browser does not.
 */
@ApplicationScoped
class CustomerAuthentication implements HttpAuthenticationMechanism {
    private static final List<String> ADDRESSES = List.of("/api/attachments", "/api/customer/conversations");
    private static final String BEARER = "Bearer ";

    /** A customer's token, passed to the provider. */
    static final class TokenRequest extends BaseAuthenticationRequest {
        private final String token;

        TokenRequest(String token) {
            this.token = token;
        }
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager providers) {
        String sent = context.request().getHeader("Authorization");
        String path = context.request().path();
        boolean ours = ADDRESSES.stream().anyMatch(one -> path.equals(one) || path.startsWith(one + "/"));
        if (!ours || sent == null || !sent.startsWith(BEARER)) {
            return Uni.createFrom().nullItem();
        }
        return providers.authenticate(new TokenRequest(sent.substring(BEARER.length())));
    }

    /** Before the cookie is looked at. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
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
        private final CustomerTokens tokens;
        private final CustomerAccess access;

        Provider(CustomerTokens tokens, CustomerAccess access) {
            this.tokens = tokens;
            this.access = access;
        }

        @Override
        public Class<TokenRequest> getRequestType() {
            return TokenRequest.class;
        }

        /** A token that no longer counts means nobody: the page gets a new one, and learns there why not. */
        @Override
        public Uni<SecurityIdentity> authenticate(TokenRequest request, AuthenticationRequestContext context) {
            return context.runBlocking(() -> {
                try {
                    CustomerPass pass = tokens.pass(request.token);
                    access.require(pass);
                    return QuarkusSecurityIdentity.builder()
                            .setPrincipal(
                                    new QuarkusPrincipal(pass.customer().id().toString()))
                            .addRole(CurrentCustomer.ROLE)
                            .addAttribute(CurrentCustomer.ATTRIBUTE, pass)
                            .build();
                } catch (Problem refused) {
                    return QuarkusSecurityIdentity.builder()
                            .setAnonymous(true)
                            .setPrincipal(new QuarkusPrincipal(""))
                            .build();
                }
            });
        }
    }
}
