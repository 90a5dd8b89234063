package io.replyloop.identity;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What a customer answered before the conversation, for agents. */
@Path("/api/customers/{id}/answers")
@RolesAllowed(Role.AGENT_NAME)
@Tag(name = "Conversations")
public class CustomerAnswersResource {
    private final CustomerForms forms;
    private final MergedCustomers merged;

    CustomerAnswersResource(CustomerForms forms, MergedCustomers merged) {
        this.forms = forms;
        this.merged = merged;
    }

    @GET
    @Operation(
            operationId = "listCustomerAnswers",
            summary = "What a customer answered to the form before the conversation",
            description = "Empty for a customer who was asked nothing.")
    public List<FormAnswer> answers(@RestPath UUID id) {
        return forms.answers(merged.everyone(id));
    }
}
