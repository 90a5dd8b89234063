package io.replyloop.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A page of results, and the cursor for the next one; no cursor on the last page. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(
        @Schema(description = "The results of this page", required = true)
        List<T> items,

        @Schema(
                description = "Give it as cursor to get the page after this one; absent on the last page",
                examples = "MjAyNi0xMS0yOA")
        String next) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int LARGEST_LIMIT = 200;

    /** The requested limit, which endpoints have validated, or the default. */
    public static int limit(Integer asked) {
        return asked == null ? DEFAULT_LIMIT : asked;
    }
}
