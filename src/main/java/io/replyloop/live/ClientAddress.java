package io.replyloop.live;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.replyloop.identity.AddressLimit;
import io.smallrye.mutiny.Uni;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;

/** Records the network address of a customer, which behind a proxy is known only from the upgrade request. */
@Singleton
public class ClientAddress implements HttpUpgradeCheck {
    static final TypedKey<String> ADDRESS = new TypedKey<>("address");

    @Override
    public boolean appliesTo(String endpoint) {
        return endpoint.equals(CustomerEndpoint.class.getName());
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        SocketAddress address = context.httpRequest().remoteAddress();
        context.userData().put(ADDRESS, AddressLimit.key(address == null ? null : address.hostAddress()));
        return CheckResult.permitUpgrade();
    }
}
