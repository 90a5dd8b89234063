package io.replyloop.identity;

import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.replyloop.audit.Actor;
import io.replyloop.audit.AuditRequest;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import java.util.Optional;

/** The request that this thread answers, as the audit log wants to know it. */
@ApplicationScoped
class SignedInRequest implements AuditRequest {
    private final CurrentVertxRequest current;
    private final CurrentIdentityAssociation identities;

    SignedInRequest(CurrentVertxRequest current, CurrentIdentityAssociation identities) {
        this.current = current;
        this.identities = identities;
    }

    @Override
    public boolean isThere() {
        return routing().isPresent();
    }

    @Override
    public Optional<Actor> signedIn() {
        SecurityIdentity identity = identities.getIdentity();
        return identity.isAnonymous()
                ? Optional.empty()
                : Optional.of(CurrentAgent.of(identity).actor());
    }

    @Override
    public Optional<String> address() {
        return routing().map(RoutingContext::request).map(request -> {
            SocketAddress remote = request.remoteAddress();
            return remote == null ? null : AddressLimit.readable(AddressLimit.key(remote.hostAddress()));
        });
    }

    private Optional<RoutingContext> routing() {
        try {
            return Optional.ofNullable(current.getCurrent());
        } catch (ContextNotActiveException noRequest) {
            return Optional.empty();
        }
    }
}
