package io.replyloop.signin;

import io.replyloop.identity.AddressLimit;
import io.replyloop.platform.LimitedBeforeBody;
import io.replyloop.platform.PlainText;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** For whoever cannot sign in: a link by mail, where mails are sent. */
@Path("/api/forgotten-passwords")
@PermitAll
@Tag(name = "Session")
public class ForgottenPasswordResource implements LimitedBeforeBody {
    private final ForgottenPasswords forgotten;
    private final ForgottenPasswordWork work;
    private final AddressLimit limit;

    ForgottenPasswordResource(ForgottenPasswords forgotten, ForgottenPasswordWork work, SignInConfig config) {
        this.forgotten = forgotten;
        this.work = work;
        this.limit = new AddressLimit(
                config.links().forgottenPerMinute(), config.links().forgottenPerMinute());
    }

    @Schema(name = "PasswordMails")
    public record Offer(
            @Schema(
                    description = "Whether a link to a new password can be asked for by mail",
                    examples = "true",
                    required = true)
            boolean offered) {}

    @Schema(name = "PasswordAsked")
    public record Asked(
            @Schema(description = "The address with which the person signs in", examples = "ben@example.com")
            @NotBlank(message = "give an e-mail address")
            @Email(message = "is not an e-mail address")
            @Size(max = 254, message = "has at most 254 characters")
            @PlainText(lines = false)
            String email) {}

    @Override
    public void admit(HttpServerRequest request) {
        if (request.method() == HttpMethod.POST) {
            limit.check(request.remoteAddress());
        }
    }

    @GET
    @Operation(operationId = "getPasswordMails", summary = "Whether a link to a new password can be asked for by mail")
    @APIResponseSchema(value = Offer.class, responseCode = "200")
    public Offer offer() {
        return new Offer(forgotten.areMailed());
    }

    @POST
    @Operation(
            operationId = "askForPassword",
            summary = "Ask for a link to a new password by mail",
            description = "The answer is the same whether or not there is such an account.")
    @APIResponse(responseCode = "204", description = "If there is such an account, a mail goes to its address")
    @APIResponse(responseCode = "409", description = "No mails are sent here")
    public void ask(
            @Valid @NotNull(message = "send a JSON object") Asked asked,
            @Parameter(hidden = true) @HeaderParam("Accept-Language") String language) {
        if (!forgotten.areMailed()) {
            throw new Problem(ProblemCode.CONFLICT, "No mails are sent here. Ask an admin of your team for a link.");
        }
        forgotten.ask(asked.email(), language);
        work.wake();
    }
}
