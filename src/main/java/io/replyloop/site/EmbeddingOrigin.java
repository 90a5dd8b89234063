package io.replyloop.site;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An origin in the syntax of {@code frame-ancestors}: scheme, host and port; the first label of the host may be a star.
 * Validated strictly, because it becomes part of a security header. Internationalised names are converted as browsers
 * do.
 */
final class EmbeddingOrigin {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern PARTS =
            Pattern.compile("(https?)://(\\*\\.)?([^/?#:]*)(:([^/?#]*))?(/)?(.*)", Pattern.DOTALL);
    private static final Pattern USUAL_PORT = Pattern.compile("^(http://[^:]+):80$|^(https://[^:]+):443$");
    private static final int LONGEST = 255;
    private static final int GREATEST_PORT = 65_535;

    /** Letters that browsers keep, but the JDK's older rules convert. */
    private static final Pattern DEVIATES = Pattern.compile("[\u00DF\u03C2\u200C\u200D]");

    private static final String STAR =
            "a star stands for the first part of a name only, with two or more parts after it";

    private EmbeddingOrigin() {}

    static List<String> normalised(List<String> origins) {
        return origins.stream().map(EmbeddingOrigin::normalised).distinct().toList();
    }

    static String normalised(String origin) {
        String text = origin.strip().toLowerCase(Locale.ROOT);
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw refused(origin, "scheme", "begin it with https:// or http://");
        }
        String written = parts.group(3);
        if (written.contains("@") || !parts.group(7).isEmpty()) {
            throw refused(origin, "path", "leave out what does not belong to the name of the host");
        }
        if (written.contains("*")) {
            throw refused(origin, "star", STAR);
        }
        if (written.contains("_")) {
            throw refused(origin, "underscore", "a host name has no underscore");
        }
        String host = ascii(origin, written);
        boolean isWide = parts.group(2) != null;
        if (isWide && !host.contains(".")) {
            throw refused(origin, "star", STAR);
        }
        String normalised = parts.group(1) + "://" + (isWide ? "*." : "") + host + port(origin, parts.group(5));
        if (normalised.length() > LONGEST) {
            throw refused(origin, "characters", "it is too long");
        }
        return normalised;
    }

    /** The first of these that allows pages of an origin, as the browser names it. */
    static Optional<String> among(List<String> allowed, String origin) {
        return allowed.stream().filter(entry -> allows(entry, origin)).findFirst();
    }

    // As browsers read frame-ancestors: a page that is safer than what was allowed is allowed.
    private static boolean allows(String entry, String origin) {
        String known = withoutUsualPort(entry);
        String given = withoutUsualPort(origin);
        if (known.startsWith("http://") && given.startsWith("https://")) {
            known = "https://" + known.substring("http://".length());
        }
        int star = known.indexOf("*.");
        return star < 0
                ? given.equals(known)
                : given.startsWith(known.substring(0, star)) && given.endsWith(known.substring(star + 1));
    }

    private static String withoutUsualPort(String origin) {
        return USUAL_PORT.matcher(origin).replaceFirst("$1$2");
    }

    private static String ascii(String origin, String host) {
        String ascii;
        try {
            ascii = DEVIATES.matcher(host).find() ? "" : IDN.toASCII(host).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            ascii = "";
        }
        if (!HOST.matcher(ascii).matches()) {
            throw refused(origin, "characters", "this is not the name of a host");
        }
        return ascii;
    }

    private static String port(String origin, String port) {
        if (port == null) {
            return "";
        }
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > GREATEST_PORT) {
            throw refused(origin, "port", "a port is a number from 1 to " + GREATEST_PORT);
        }
        return ":" + port;
    }

    /** @param why the code for pages, which have their own text for it */
    private static Problem refused(String origin, String why, String message) {
        String entry = origin.length() > 100 ? origin.substring(0, 100) + "…" : origin;
        return Problem.ofField(
                ProblemCode.INVALID,
                "allowedOrigins",
                FieldRule.MALFORMED,
                Map.of("entry", entry, "why", why),
                "allowedOrigins: '" + entry + "': " + message
                        + ". Give origins such as https://shop.example or https://*.shop.example:8443.");
    }
}
