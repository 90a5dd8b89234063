package io.replyloop.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** Some results, and the cursor that asks for those after them; no cursor on the last page. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, String next) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int LARGEST_LIMIT = 200;

    /** The limit asked for, within what a page may hold. */
    public static int limit(Integer asked) {
        return asked == null ? DEFAULT_LIMIT : Math.max(1, Math.min(asked, LARGEST_LIMIT));
    }
}
