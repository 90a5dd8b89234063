package io.replyloop.identity;

import io.replyloop.platform.PlainText;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** Who else a customer may be. */
@Path("/api/customers/{id}/merge-candidates")
@RolesAllowed(Role.AGENT_NAME)
@Tag(name = "Customers")
public class CustomerCandidateResource {
    private final CustomerCandidates candidates;

    CustomerCandidateResource(CustomerCandidates candidates) {
        this.candidates = candidates;
    }

    @GET
    @Operation(
            operationId = "listMergeCandidates",
            summary = "Customers who may be the same person, at most 20",
            description =
                    "Without words, those with the same mail address, and those for whose id another site vouches.")
    public List<CustomerCandidate> candidates(
            @RestPath UUID id,
            @Parameter(description = "Words of a name, or a mail address; their beginnings will do")
                    @QueryParam("q")
                    @Size(max = 200, message = "is too long; at most {max} characters are allowed")
                    @PlainText
                    String words) {
        return candidates.of(id, words);
    }
}
