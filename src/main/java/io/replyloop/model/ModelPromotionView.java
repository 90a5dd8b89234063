package io.replyloop.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ModelPromotion", description = "From when on a model served, and by whose decision")
public record ModelPromotionView(
        @Schema(description = "Id of the model", required = true)
        UUID model,

        @Schema(description = "Number of the model", examples = "4", required = true)
        long number,

        @Schema(description = "Since when", required = true) Instant at,

        @Schema(
                description =
                        "Id of the admin, or of the one who has chosen the policy; absent: the application itself")
        UUID by,

        @Schema(
                description =
                        "Whether the policy promoted it, because its run called it better; absent of older promotions",
                examples = "false")
        Boolean automatic,

        @Schema(description = "Whether it was an older model than the one before", examples = "false", required = true)
        boolean back) {}
