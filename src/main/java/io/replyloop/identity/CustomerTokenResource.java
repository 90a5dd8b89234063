package io.replyloop.identity;

import io.replyloop.platform.LimitedBeforeBody;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Issues tokens to the widget. */
@Path("/api/customer/token")
@PermitAll
@Tag(name = "Widget")
public class CustomerTokenResource implements LimitedBeforeBody {
    private final CustomerTokens tokens;
    private final AddressLimit limit;

    CustomerTokenResource(CustomerTokens tokens, IdentityConfig config) {
        this.tokens = tokens;
        this.limit = new AddressLimit(
                config.customerToken().perMinute(), config.customerToken().burst());
    }

    public record TokenRequest(
            @Schema(
                    description = "Key of the site, as it stands in the line that embeds the widget",
                    examples = "7f3c1a2b9d")
            @NotBlank(message = "give the key of the site")
            @Size(max = 64, message = "is not a key of a site")
            String site,

            @Schema(description = "The token that the widget has, to get one for the same customer")
            @Size(max = SignedTokens.LONGEST, message = "is too long")
            String renew,

            @Schema(
                    description =
                            "A JWT in which the site vouches for who the customer is, signed with the site's identity secret")
            @Size(max = SiteVouchers.LONGEST, message = "is too long")
            String identity) {}

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @POST
    @Operation(
            operationId = "issueCustomerToken",
            summary = "Get or renew the token with which the widget opens its WebSocket")
    public CustomerTokens.IssuedToken issue(@Valid @NotNull(message = "send a JSON object") TokenRequest asked) {
        return tokens.issue(asked.site(), asked.renew(), asked.identity());
    }
}
