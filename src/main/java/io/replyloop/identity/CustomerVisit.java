package io.replyloop.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Where a customer was last seen, as their browser says, which anybody can make say anything. Of the address, query and
 * fragment are left out: they hold searches, tokens and orders.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CustomerVisit(
        @Schema(description = "Address of the page, without query and fragment", examples = "https://shop.example/cart")
        String page,

        @Schema(description = "Tag of the browser's language", examples = "de-AT")
        String language,

        @Schema(description = "Browser", examples = "Firefox")
        String browser,

        @Schema(description = "System", examples = "Windows")
        String system,

        @Schema(description = "When", required = true) Instant at) {
    public static final int LONGEST_PAGE = 500;

    private static final Pattern WEB_ADDRESS =
            Pattern.compile("(https?)://(?:[^/?#@\\s]*@)?([^/?#@\\s\\\\]+)(/[^?#\\s]*)?(?:[?#].*)?");
    private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}");

    /** What does not look like an address of the web or a language, or is too long, is left out. */
    public static CustomerVisit of(String page, String language, String browser, String system) {
        return new CustomerVisit(
                address(page),
                language != null && LANGUAGE_TAG.matcher(language).matches() ? language : null,
                browser,
                system,
                null);
    }

    private static String address(String page) {
        Matcher matcher = WEB_ADDRESS.matcher(page == null ? "" : page);
        if (!matcher.matches()) {
            return null;
        }
        String path = matcher.group(3);
        String address =
                matcher.group(1) + "://" + matcher.group(2).toLowerCase(Locale.ROOT) + (path == null ? "/" : path);
        return address.length() <= LONGEST_PAGE ? address : null;
    }
}
