package io.replyloop.webhooks;

import io.replyloop.identity.Role;
import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Programs that are told what happens here, and what they were told. */
@Path("/api/webhooks")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "Webhooks")
public class WebhookResource {
    private static final String WHICH = "Id of the delivery, which the receiver got as webhook-id";

    private final WebhookService webhooks;
    private final DeliveryLog log;

    WebhookResource(WebhookService webhooks, DeliveryLog log) {
        this.webhooks = webhooks;
        this.log = log;
    }

    @Schema(name = "WebhookSettings")
    public record Wanted(
            @Schema(description = "What people call it", examples = "CRM", required = true)
            @NotBlank(message = "give a name")
            @Size(max = 60, message = "has at most 60 characters")
            @PlainText(lines = false)
            String name,

            @Schema(
                    description =
                            "Where it is sent: with https, or with http where the operator has allowed its network",
                    examples = "https://example.com/hooks",
                    required = true)
            @NotBlank(message = "give the address")
            @Size(max = WebhookAddresses.LONGEST, message = "has at most 2000 characters")
            @PlainText(lines = false)
            String url,

            @Schema(description = "What it is told of", required = true)
            @NotEmpty(message = "choose at least one")
            @Size(max = 20, message = "has at most 20 entries")
            Set<@NotNull(message = "must not be null") EventType> types,

            @Schema(description = "How much of what people write goes along; none if absent", examples = "none")
            Texts texts,

            @Schema(description = "false to send nothing; true if absent")
            Boolean enabled) {

        private WebhookSettings settings() {
            return new WebhookSettings(
                    name, url, types, texts == null ? Texts.NONE : texts, !Boolean.FALSE.equals(enabled));
        }
    }

    @Schema(name = "MadeWebhook")
    public record Made(
            @Schema(description = "What is known of it from now on", required = true)
            WebhookView webhook,

            @Schema(
                    description = "The secret with which each request is signed. Shown once",
                    examples = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                    required = true)
            String secret) {
        private static Made of(Webhooks.Made made) {
            return new Made(made.webhook(), made.secret());
        }
    }

    @Schema(name = "WebhookRenewal")
    public record Renewal(
            @Schema(
                    description =
                            "false if the present secret must not count any more; if absent, it signs for a day too",
                    examples = "true")
            Boolean keepsPrevious) {}

    @Schema(name = "WebhookRepeats")
    public record Repeats(
            @Schema(description = "How many dead letters are sent again", examples = "12", required = true)
            int repeated) {}

    @GET
    @Operation(operationId = "listWebhooks", summary = "List the webhooks, and how each one goes")
    public List<WebhookView> list() {
        return webhooks.list();
    }

    @POST
    @Operation(operationId = "createWebhook", summary = "Make a webhook; the answer has its secret, once")
    @APIResponseSchema(value = Made.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "There are too many webhooks")
    public Made create(@Valid @NotNull(message = "send a JSON object") Wanted wanted) {
        return Made.of(webhooks.create(wanted.settings()));
    }

    @PUT
    @Path("/{id}")
    @Operation(operationId = "updateWebhook", summary = "Change a webhook, or switch it on or off")
    @APIResponseSchema(value = WebhookView.class, responseCode = "200")
    public WebhookView change(UUID id, @Valid @NotNull(message = "send a JSON object") Wanted wanted) {
        return webhooks.change(id, wanted.settings());
    }

    @POST
    @Path("/{id}/renew")
    @Operation(operationId = "renewWebhookSecret", summary = "Make a new secret; the answer has it, once")
    @APIResponseSchema(value = Made.class, responseCode = "200")
    public Made renew(UUID id, @Valid @NotNull(message = "send a JSON object") Renewal renewal) {
        return Made.of(webhooks.renew(id, !Boolean.FALSE.equals(renewal.keepsPrevious())));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "deleteWebhook", summary = "Delete a webhook with its log and what waits for it")
    @APIResponse(responseCode = "204", description = "Nothing is sent any more")
    public void delete(UUID id) {
        webhooks.delete(id);
    }

    @POST
    @Path("/{id}/test")
    @Operation(operationId = "testWebhook", summary = "Send a ping now, once, and say what came of it")
    @APIResponseSchema(value = TestView.class, responseCode = "200")
    public TestView test(UUID id) {
        return webhooks.test(id);
    }

    @GET
    @Path("/{id}/deliveries")
    @Operation(operationId = "listWebhookDeliveries", summary = "What was sent or waits, the newest first")
    public Page<DeliveryView> deliveries(
            UUID id,
            @Parameter(description = "waiting, delivered or dead; all if absent") @QueryParam("state") String state,
            @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return log.page(id, state, cursor, limit);
    }

    @GET
    @Path("/{id}/deliveries/{delivery}")
    @Operation(operationId = "getWebhookDelivery", summary = "What was sent and answered")
    public DeliveryDetails delivery(UUID id, @Parameter(description = WHICH) @RestPath UUID delivery) {
        return log.details(id, delivery);
    }

    @POST
    @Path("/{id}/deliveries/{delivery}/repeat")
    @Operation(operationId = "repeatWebhookDelivery", summary = "Send one again, with the same id")
    @APIResponseSchema(value = DeliveryDetails.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "It was a test, or the webhook is off")
    public DeliveryDetails repeat(UUID id, @Parameter(description = WHICH) @RestPath UUID delivery) {
        return log.repeat(id, delivery);
    }

    @POST
    @Path("/{id}/repeat-dead")
    @Operation(
            operationId = "repeatDeadWebhookDeliveries",
            summary = "Send all dead letters again, in their order; of more than 10,000, the oldest")
    @APIResponseSchema(value = Repeats.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The webhook is off")
    public Repeats repeatDead(UUID id) {
        return new Repeats(log.repeatDead(id));
    }
}
