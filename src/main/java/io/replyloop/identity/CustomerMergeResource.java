package io.replyloop.identity;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Customers who are one person. Agents see it first, and can take back whatever they say here. */
@Path("/api/customers/{id}/merged/{other}")
@RolesAllowed(Role.AGENT_NAME)
@Tag(name = "Customers")
public class CustomerMergeResource {
    private final CustomerMerging merging;
    private final CustomerProfiles profiles;
    private final CurrentAgent currentAgent;

    CustomerMergeResource(CustomerMerging merging, CustomerProfiles profiles, CurrentAgent currentAgent) {
        this.merging = merging;
        this.profiles = profiles;
        this.currentAgent = currentAgent;
    }

    @PUT
    @Operation(
            operationId = "mergeCustomers",
            summary = "Say that another customer is the same person as this one, who is kept",
            description = "Agents see one person from then on. Nothing is moved: each customer still reads their own"
                    + " conversations alone. If one is blocked, so is the other.")
    @APIResponseSchema(value = CustomerProfile.class, responseCode = "200")
    @APIResponse(responseCode = "409", description = "One of them was merged into another customer")
    public CustomerProfile merge(
            @RestPath UUID id, @Parameter(description = "Id of the other customer") @RestPath UUID other) {
        merging.merge(id, other, currentAgent.get());
        return profiles.of(id);
    }

    @DELETE
    @Operation(
            operationId = "separateCustomers",
            summary = "Take back that another customer is the same person",
            description = "Who was merged into the other one before goes along with it.")
    @APIResponse(responseCode = "204", description = "They are two customers")
    @APIResponse(responseCode = "409", description = "They are not one person")
    public void separate(@RestPath UUID id, @Parameter(description = "Id of the other customer") @RestPath UUID other) {
        merging.separate(id, other);
    }
}
