package io.replyloop.site;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An origin as {@code frame-ancestors} takes it: scheme, host and port, the first label of the host may be a star.
 * Strict, because it becomes part of a security header.
 */
final class EmbeddingOrigin {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern FORM =
            Pattern.compile("https?://(\\*\\.(?=[^:]*\\.))?" + LABEL + "(\\." + LABEL + ")*(:[0-9]{1,5})?");

    private EmbeddingOrigin() {}

    static List<String> normalised(List<String> origins) {
        return origins.stream().map(EmbeddingOrigin::normalised).distinct().toList();
    }

    static String normalised(String origin) {
        String text = origin.strip().toLowerCase(Locale.ROOT);
        if (text.endsWith("/")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.length() > 255 || !FORM.matcher(text).matches()) {
            throw Problem.ofField(
                    "allowedOrigins",
                    FieldRule.MALFORMED,
                    "allowedOrigins: give origins such as https://shop.example or https://*.shop.example:8443,"
                            + " with http or https and without a path.");
        }
        return text;
    }
}
