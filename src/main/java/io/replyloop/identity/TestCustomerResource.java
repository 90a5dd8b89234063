package io.replyloop.identity;

import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** For the test page of a website. */
@Path("/api/sites/{id}/test-customer")
@RolesAllowed("admin")
@Tag(name = "Sites")
public class TestCustomerResource {
    private final TestCustomers customers;
    private final CurrentAgent current;

    TestCustomerResource(TestCustomers customers, CurrentAgent current) {
        this.customers = customers;
        this.current = current;
    }

    public record TestCustomer(
            @Schema(description = "What agents read as the customer's name", examples = "Test customer")
            @NotBlank(message = "give a name")
            @Size(max = 100, message = "is too long; at most {max} characters are allowed")
            @PlainText(lines = false)
            String name) {}

    public record Voucher(
            @Schema(description = "A JWT of a few minutes, to be given to the chat as `data-identity`", required = true)
            String identity) {}

    @POST
    @Operation(
            operationId = "signTestCustomer",
            summary = "Vouch for a test customer as the website's server would",
            description = "Each admin has one test customer on each website. Needs an identity secret of the website.")
    public Voucher sign(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") TestCustomer customer) {
        return new Voucher(customers.voucher(id, current.get(), customer.name()));
    }
}
