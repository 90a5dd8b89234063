package io.replyloop.identity;

import io.replyloop.platform.Page;
import io.replyloop.platform.PageLimit;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The block list. Anyone who answers customers may add and remove entries. */
@Path("/api/blocked-customers")
@RolesAllowed(Role.AGENT_NAME)
@Tag(name = "Customers")
public class BlockedCustomerResource {
    private final BlockedCustomers blocked;
    private final CurrentAgent currentAgent;

    BlockedCustomerResource(BlockedCustomers blocked, CurrentAgent currentAgent) {
        this.blocked = blocked;
        this.currentAgent = currentAgent;
    }

    /** @param reason for the team; optional */
    @Schema(name = "CustomerBlocking")
    public record Blocking(
            @Schema(description = "Why, for the team to read", examples = "Threats")
            @Size(max = 500, message = "has at most 500 characters")
            String reason) {}

    @GET
    @Operation(operationId = "listBlockedCustomers", summary = "The blocked customers, the newest first")
    public Page<BlockedCustomers.BlockedCustomer> list(
            @Parameter(description = "only this customer, if blocked") @QueryParam("customer") UUID customer,
            @Parameter(description = "`next` of the page before") @QueryParam("cursor") String cursor,
            @QueryParam("limit") @PageLimit Integer limit) {
        return customer == null
                ? blocked.list(cursor, Page.limit(limit))
                : new Page<>(blocked.find(customer).stream().toList(), null);
    }

    @PUT
    @Path("/{customer}")
    @Operation(
            operationId = "blockCustomer",
            summary = "Blocks a customer: their connections end, and no new one is let in")
    public BlockedCustomers.BlockedCustomer block(UUID customer, @Valid Blocking blocking) {
        return blocked.block(customer, currentAgent.get(), blocking == null ? null : blocking.reason());
    }

    @DELETE
    @Path("/{customer}")
    @Operation(operationId = "unblockCustomer", summary = "Lets a customer write again")
    public void unblock(UUID customer) {
        blocked.unblock(customer);
    }
}
