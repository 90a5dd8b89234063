package io.replyloop.shadow;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Which model is to rank unseen, and for how long: whichever of the two comes first. */
@Schema(name = "ShadowWish")
public record ShadowWish(
        @Schema(description = "Id of the model that ranks unseen; not the one that serves", required = true) @NotNull
        UUID model,

        @Schema(description = "Hours after which it ends, two weeks at most; absent: two weeks", examples = "24")
        @Min(1)
        @Max(336)
        Integer hours,

        @Schema(
                description = "Decisions of agents after which it ends; absent: only the time ends it",
                examples = "200")
        @Min(1)
        @Max(5_000)
        Integer decisions) {}
