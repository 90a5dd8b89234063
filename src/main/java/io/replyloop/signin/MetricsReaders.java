package io.replyloop.signin;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.replyloop.identity.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Decides who may read the metrics: admins, and a monitoring system that sends {@code replyloop.signin.metrics-token}.
 */
@ApplicationScoped
public class MetricsReaders implements HttpSecurityPolicy {
    private static final String BEARER = "Bearer ";

    private final Optional<byte[]> token;

    MetricsReaders(SignInConfig config) {
        token = config.metricsToken().map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String name() {
        return "metrics-readers";
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext context, Uni<SecurityIdentity> identity, AuthorizationRequestContext requestContext) {
        String header = context.request().getHeader("Authorization");
        if (header != null && header.startsWith(BEARER) && isToken(header.substring(BEARER.length()))) {
            return CheckResult.permit();
        }

        return identity.map(who -> new CheckResult(who.hasRole(Role.ADMIN_NAME)));
    }

    private boolean isToken(String shown) {
        byte[] bytes = shown.strip().getBytes(StandardCharsets.UTF_8);
        return token.filter(expected -> MessageDigest.isEqual(expected, bytes)).isPresent();
    }
}
