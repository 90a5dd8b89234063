package io.replyloop.singlesignon;

import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.CookieSameSite;
import io.replyloop.platform.PublicAddress;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells Quarkus' OpenID Connect which provider there is, and only where somebody enters through it: no other request is
 * looked at by it.
 */
@ApplicationScoped
class CodeFlow implements TenantConfigResolver {
    private static final OidcTenantConfig NONE =
            OidcTenantConfig.builder().tenantId("none").tenantEnabled(false).build();

    private final Providers providers;
    private final PublicAddress address;
    private final AtomicReference<Known> known = new AtomicReference<>();

    /** Made once for each revision, because a new object is taken for a change. */
    private record Known(Provider provider, boolean secure, OidcTenantConfig config) {
        boolean isOf(Provider other, boolean otherSecure) {
            return provider.revision().equals(other.revision()) && secure == otherSecure;
        }
    }

    CodeFlow(Providers providers, PublicAddress address) {
        this.providers = providers;
        this.address = address;
    }

    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext context, OidcRequestContext<OidcTenantConfig> request) {
        if (!context.normalizedPath().equals(SingleSignOnResource.ENTRANCE)) {
            return Uni.createFrom().item(NONE);
        }
        boolean secure = address.isSecure(context.request());
        return request.runBlocking(() ->
                providers.current().map(provider -> config(provider, secure)).orElse(NONE));
    }

    private OidcTenantConfig config(Provider provider, boolean secure) {
        return known.updateAndGet(before -> before != null && before.isOf(provider, secure)
                        ? before
                        : new Known(provider, secure, made(provider, secure)))
                .config();
    }

    private static OidcTenantConfig made(Provider provider, boolean secure) {
        return OidcTenantConfig.builder()
                .tenantId("provider-" + provider.revision() + (secure ? "-secure" : ""))
                .applicationType(ApplicationType.WEB_APP)
                .authServerUrl(provider.issuer())
                .clientId(provider.settings().clientId())
                .credentials(provider.clientSecret())
                .connectionTimeout(Duration.ofSeconds(10))
                .authentication()
                .redirectPath(SingleSignOnResource.ENTRANCE)
                .removeRedirectParameters(false)
                .errorPath(SingleSignOnResource.REFUSED)
                .scopes("openid", "profile", "email")
                .pkceRequired()
                .nonceRequired()
                .stateSecret(provider.stateSecret().substring(0, 32))
                .userInfoRequired()
                .cookiePath(SingleSignOnResource.PATH)
                .cookieForceSecure(secure)
                .forceRedirectHttpsScheme(secure)
                .cookieSameSite(CookieSameSite.LAX)
                .end()
                .build();
    }
}
