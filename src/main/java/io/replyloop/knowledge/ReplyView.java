package io.replyloop.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A reply as people and other packages see it.
 *
 * @param questions how many questions it has answered
 * @param shown how often it was suggested; absent without statistics
 * @param sent how often an agent sent it; absent without statistics
 * @param edited how often it was sent with other words; absent without statistics
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplyView(
        @Schema(description = "Id of the reply", required = true)
        UUID id,

        @Schema(description = "A name of your own for programs and files", examples = "returns-30-days")
        String label,

        @Schema(description = "What it is about, for agents", examples = "Returns", required = true)
        String title,

        @Schema(description = "What customers read", examples = "You can return it within 30 days.", required = true)
        String text,

        @Schema(description = "Language tag of the text", examples = "en", required = true)
        String language,

        @Schema(description = "Categories, the main one first", required = true)
        List<String> categories,

        @Schema(description = "Typed after a slash, it inserts the reply", examples = "returns")
        String shortcode,

        @Schema(description = "Only published replies are suggested", examples = "published", required = true)
        ReplyState state,

        @Schema(
                description = "Counts the changes; a change names the version that it was made from",
                examples = "2",
                required = true)
        int version,

        @Schema(description = "When it was first written", required = true)
        Instant createdAt,

        @Schema(description = "When it was last changed", required = true)
        Instant updatedAt,

        @Schema(description = "How many questions of customers it has answered", examples = "41", required = true)
        long questions,

        @Schema(description = "How often it was suggested; only in lists", examples = "120")
        Long shown,

        @Schema(description = "How often it was sent then; only in lists", examples = "80")
        Long sent,

        @Schema(description = "How often it was changed before it was sent; only in lists", examples = "12")
        Long edited,

        @Schema(description = "When it was last sent; absent for never")
        Instant lastSentAt,

        @Schema(description = "When somebody wants to look at it again; absent for never", examples = "2027-06-01")
        LocalDate reviewOn,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "Short answers that customers may choose from; absent for none")
        List<String> choices) {

    public ReplyView {
        choices = choices == null ? List.of() : List.copyOf(choices);
    }

    /** One version of the reply, and who made it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ReplyVersion")
    public record Version(
            @Schema(description = "Number of the version", examples = "2", required = true)
            int version,

            @Schema(description = "Label then", examples = "returns-30-days")
            String label,

            @Schema(description = "Title then", examples = "Returns", required = true)
            String title,

            @Schema(description = "Text then", examples = "You can return it within 30 days.", required = true)
            String text,

            @Schema(description = "Language then", examples = "en", required = true)
            String language,

            @Schema(description = "Categories then", required = true)
            List<String> categories,

            @Schema(description = "Shortcode then", examples = "returns")
            String shortcode,

            @Schema(description = "State then", examples = "draft", required = true)
            ReplyState state,

            @Schema(description = "Id of the admin who changed it; absent for imports by the application")
            UUID changedBy,

            @Schema(description = "Name of that admin", examples = "Grace")
            String changedByName,

            @Schema(description = "When", required = true) Instant changedAt,

            @Schema(description = "The version that was restored by it; absent for all others", examples = "1")
            Integer restoredFrom,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(description = "Short answers then; absent for none")
            List<String> choices) {}
}
