package io.replyloop.overview;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** How far a new installation has come. */
@Schema(name = "FirstSteps")
@JsonInclude(JsonInclude.Include.NON_NULL)
record FirstStepsView(
        @Schema(description = "Whether an admin has put them away", examples = "false", required = true)
        boolean putAway,

        @Schema(description = "All of them, in their order", required = true)
        List<Step> steps,

        @Schema(
                description = "A page that shows the widget, or is meant to; absent without a website that has one",
                examples = "https://www.example.com")
        String page) {
    @Schema(name = "FirstStep")
    record Step(
            @Schema(
                    description = "Which",
                    examples = "site",
                    required = true,
                    type = SchemaType.STRING,
                    implementation = String.class,
                    enumeration = {"site", "replies", "colleague", "snippet", "hello", "answer"})
            FirstStep name,

            @Schema(description = "Whether it is done", examples = "true", required = true)
            boolean done) {}
}
