package io.replyloop.knowledge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A reply as people and other rooms see it.
 *
 * @param questions how many questions it has answered
 * @param shown how often it was suggested; absent while nobody counts
 * @param sent how often an agent sent it; absent while nobody counts
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReplyView(
        UUID id,
        String label,
        String title,
        String text,
        String language,
        List<String> categories,
        String shortcode,
        ReplyState state,
        int version,
        Instant createdAt,
        Instant updatedAt,
        long questions,
        Long shown,
        Long sent) {

    /** How the reply was at one of its versions, and who made it so. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version(
            int version,
            String label,
            String title,
            String text,
            String language,
            List<String> categories,
            String shortcode,
            ReplyState state,
            UUID changedBy,
            Instant changedAt) {}
}
