package io.replyloop.identity;

import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where the widget gets its token. */
@Path("/api/customer/token")
@PermitAll
@Tag(name = "Widget")
public class CustomerTokenResource {
    private final CustomerTokens tokens;
    private final AddressLimit limit;

    CustomerTokenResource(CustomerTokens tokens, IdentityConfig config) {
        this.tokens = tokens;
        this.limit = new AddressLimit(
                config.customerToken().perMinute(), config.customerToken().burst());
    }

    public record TokenRequest(
            @NotBlank(message = "give the key of the site") @Size(max = 64, message = "is not a key of a site")
            String site,

            @Size(max = SignedTokens.LONGEST, message = "is too long")
            String renew,

            @Size(max = SignedTokens.LONGEST, message = "is too long")
            String identity) {}

    @POST
    public CustomerTokens.IssuedToken issue(
            @Valid @NotNull(message = "send a JSON object") TokenRequest asked, @Context HttpServerRequest http) {
        limit.check(http.remoteAddress());
        return tokens.issue(asked.site(), asked.renew(), asked.identity());
    }
}
