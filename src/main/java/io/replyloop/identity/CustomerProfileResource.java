package io.replyloop.identity;

import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What is known of a customer, for agents. */
@Path("/api/customers/{id}/profile")
@RolesAllowed(Role.AGENT_NAME)
@Tag(name = "Customers")
public class CustomerProfileResource {
    private final CustomerProfiles profiles;

    CustomerProfileResource(CustomerProfiles profiles) {
        this.profiles = profiles;
    }

    @Schema(name = "CustomerCorrection")
    public record Correction(
            @Schema(description = "Name; empty for none, absent to leave it as it is", examples = "Kim")
            @Size(max = CustomerForms.LONGEST_NAME, message = "is too long; at most {max} characters are allowed")
            @PlainText(lines = false)
            String name,

            @Schema(
                    description = "E-mail address; empty for none, absent to leave it as it is",
                    examples = "kim@example.com")
            @Size(max = CustomerForms.LONGEST_ADDRESS, message = "is too long; at most {max} characters are allowed")
            @Pattern(regexp = "\\s*|\\s*[^@\\s]+@[^@\\s]+\\s*", message = "is not an e-mail address")
            @PlainText(lines = false)
            String email) {}

    @GET
    @Operation(
            operationId = "getCustomerProfile",
            summary = "What is known of a customer, what they answered, and what the team noted")
    public CustomerProfile get(@RestPath UUID id) {
        return profiles.of(id);
    }

    @PUT
    @Operation(operationId = "correctCustomer", summary = "Correct a name and an address that nobody vouches for")
    @APIResponseSchema(value = CustomerProfile.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "The website vouches for this customer")
    public CustomerProfile correct(
            @RestPath UUID id, @Valid @NotNull(message = "send a JSON object") Correction correction) {
        return profiles.correct(id, correction.name(), correction.email());
    }
}
