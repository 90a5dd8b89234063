package io.replyloop.singlesignon;

import io.replyloop.identity.AddressLimit;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.signin.SignInConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where the provider itself calls, and no browser. */
@Path(BackChannelResource.PATH)
@PermitAll
public class BackChannelResource implements LimitedBeforeBody {
    static final String PATH = SingleSignOnResource.PATH + "/signed-out";

    private final BackChannel channel;
    private final AddressLimit limit;

    BackChannelResource(BackChannel channel, SignInConfig config) {
        this.channel = channel;
        this.limit = new AddressLimit(config.perMinute(), config.burst());
    }

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(hidden = true)
    public Response signedOut(@FormParam("logout_token") String token) {
        channel.signedOut(token == null ? "" : token);
        return Response.noContent().header("Cache-Control", "no-store").build();
    }
}
