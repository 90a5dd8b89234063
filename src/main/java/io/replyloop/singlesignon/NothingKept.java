package io.replyloop.singlesignon;

import io.quarkus.oidc.AuthorizationCodeTokens;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TokenStateManager;
import io.quarkus.security.AuthenticationFailedException;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

/**
 * The library would keep the provider's tokens in a cookie, and let in whoever has it as long as they count: after signing
 * out, too, and whatever has become of the person there. Here everybody who enters comes from the provider.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class NothingKept implements TokenStateManager {
    @Override
    public Uni<String> createTokenState(
            RoutingContext context,
            OidcTenantConfig provider,
            AuthorizationCodeTokens tokens,
            OidcRequestContext<String> request) {
        return Uni.createFrom().item("");
    }

    @Override
    public Uni<AuthorizationCodeTokens> getTokens(
            RoutingContext context,
            OidcTenantConfig provider,
            String state,
            OidcRequestContext<AuthorizationCodeTokens> request) {
        return Uni.createFrom().failure(new AuthenticationFailedException("Nothing was kept"));
    }

    @Override
    public Uni<Void> deleteTokens(
            RoutingContext context, OidcTenantConfig provider, String state, OidcRequestContext<Void> request) {
        return Uni.createFrom().voidItem();
    }
}
