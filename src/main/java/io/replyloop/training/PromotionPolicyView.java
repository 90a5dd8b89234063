package io.replyloop.training;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What happens to the model of a run that has ended. */
@Schema(name = "PromotionPolicy")
public record PromotionPolicyView(
        @Schema(
                description = "Whether a model serves by itself when it is reliably better than the one that served and"
                        + " not worse for any kind of questions; otherwise an admin decides",
                examples = "false",
                required = true)
        @NotNull
        Boolean automatic) {}
