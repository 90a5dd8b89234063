package io.replyloop.feedback;

import io.replyloop.identity.AddressLimit;
import io.replyloop.knowledge.FrequentReplies;
import io.replyloop.platform.LimitedBeforeBody;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What customers say of an answer that they have read before they wrote. Nothing is known of who they are. */
@Path("/api/widget/frequent-questions/{id}/verdict")
@PermitAll
@Tag(name = "Widget")
public class FrequentAnswerResource implements LimitedBeforeBody {
    private static final int PER_MINUTE = 30;
    private static final int BURST = 30;

    private final FrequentReplies frequent;
    private final AddressLimit limit = new AddressLimit(PER_MINUTE, BURST);

    FrequentAnswerResource(FrequentReplies frequent) {
        this.frequent = frequent;
    }

    @Schema(name = "FrequentAnswerVerdict")
    public record Verdict(
            @Schema(description = "Whether the answer helped", examples = "true", required = true)
            @NotNull(message = "say whether it helped: true or false")
            Boolean helped) {}

    @Override
    public void admit(HttpServerRequest request) {
        limit.check(request.remoteAddress());
    }

    @POST
    @Operation(operationId = "judgeFrequentAnswer", summary = "Say whether the answer to a frequent question helped")
    @APIResponse(responseCode = "204", description = "Counted")
    public void judge(@RestPath UUID id, @Valid @NotNull(message = "send a JSON object") Verdict verdict) {
        frequent.judge(id, verdict.helped());
    }
}
