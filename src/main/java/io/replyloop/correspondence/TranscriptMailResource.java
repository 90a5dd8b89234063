package io.replyloop.correspondence;

import io.quarkus.security.identity.SecurityIdentity;
import io.replyloop.identity.AddressLimit;
import io.replyloop.identity.CurrentCustomer;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.PlainText;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** A customer's own conversation by mail. */
@Path("/api/customer/conversations/{id}/mail")
@RolesAllowed(CurrentCustomer.ROLE)
@Tag(name = "Widget")
public class TranscriptMailResource implements LimitedBeforeBody {
    private static final int BURST = 10;
    private static final int PER_MINUTE = 10;

    private final TranscriptMails transcripts;
    private final KnownAddresses addresses;
    private final SecurityIdentity caller;
    private final AddressLimit limit = new AddressLimit(PER_MINUTE, BURST);

    TranscriptMailResource(TranscriptMails transcripts, KnownAddresses addresses, SecurityIdentity caller) {
        this.transcripts = transcripts;
        this.addresses = addresses;
        this.caller = caller;
    }

    @Schema(name = "TranscriptAddress")
    public record Known(
            @Schema(description = "The customer's own address, empty where none is known", required = true)
            String email) {}

    @Schema(name = "TranscriptMail")
    public record Wanted(
            @Schema(description = "Where it is to go", examples = "kim@example.com")
            @NotBlank(message = "give an e-mail address")
            @Size(max = 254, message = "has at most 254 characters")
            @PlainText(lines = false)
            String email,

            @Schema(description = "Time zone of the times in it; UTC where there is none", examples = "Europe/Vienna")
            @Size(max = 64, message = "is not the name of a time zone")
            String zone) {}

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @GET
    @Operation(
            operationId = "getTranscriptAddress",
            summary = "The address that the customer has given or signed in with")
    @APIResponseSchema(value = Known.class, responseCode = "200")
    public Known known(@RestPath UUID id) {
        return new Known(addresses.own(customer().id()).orElse(""));
    }

    @POST
    @Operation(operationId = "mailTranscript", summary = "Mail the customer's own conversation")
    @APIResponse(responseCode = "204", description = "It is on its way")
    @APIResponse(responseCode = "409", description = "No mails are sent here, or nobody has answered yet")
    public void mail(
            @RestPath UUID id,
            @Valid @NotNull(message = "send a JSON object") Wanted wanted,
            @Parameter(hidden = true) @HeaderParam("Accept-Language") String language) {
        transcripts.send(customer(), id, wanted.email(), zone(wanted.zone()), language);
    }

    private static ZoneId zone(String name) {
        try {
            return name == null ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException unknownHere) {
            return ZoneOffset.UTC;
        }
    }

    private CustomerIdentity customer() {
        return CurrentCustomer.of(caller).orElseThrow().customer();
    }
}
