package io.replyloop.live;

import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData.TypedKey;
import io.replyloop.identity.AddressLimit;
import io.replyloop.signin.SessionDevice;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;

/** Records the network address of a customer, which behind a proxy is known only from the upgrade request, and their device,
 * which only that names. */
@Singleton
public class ClientAddress implements HttpUpgradeCheck {
    static final TypedKey<String> ADDRESS = new TypedKey<>("address");
    static final TypedKey<SessionDevice> DEVICE = new TypedKey<>("device");

    @Override
    public boolean appliesTo(String endpoint) {
        return endpoint.equals(CustomerEndpoint.class.getName());
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext context) {
        SocketAddress address = context.httpRequest().remoteAddress();
        context.userData().put(ADDRESS, AddressLimit.key(address == null ? null : address.hostAddress()));
        context.userData().put(DEVICE, SessionDevice.of(context.httpRequest().getHeader(HttpHeaders.USER_AGENT)));
        return CheckResult.permitUpgrade();
    }
}
