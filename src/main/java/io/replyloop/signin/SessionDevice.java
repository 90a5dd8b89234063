package io.replyloop.signin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * In what somebody has signed in, or a customer writes, as far as the header {@code User-Agent} tells. Only these words are kept: they are
 * enough to recognise one's own devices, and the whole header would tell them apart.
 *
 * @param browser null where it is none that we know
 * @param system null where it is none that we know
 */
public record SessionDevice(String browser, String system) {
    public static final SessionDevice UNKNOWN = new SessionDevice(null, null);

    /** By what the header contains; the first that fits, because most browsers also claim to be others. */
    private static final Map<String, String> BROWSERS = new LinkedHashMap<>();

    private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

    static {
        BROWSERS.put("Edg", "Edge");
        BROWSERS.put("OPR/", "Opera");
        BROWSERS.put("SamsungBrowser/", "Samsung Internet");
        BROWSERS.put("Firefox/", "Firefox");
        BROWSERS.put("FxiOS/", "Firefox");
        BROWSERS.put("CriOS/", "Chrome");
        BROWSERS.put("Chrome/", "Chrome");
        BROWSERS.put("Safari/", "Safari");
        SYSTEMS.put("iPhone", "iPhone");
        SYSTEMS.put("iPad", "iPad");
        SYSTEMS.put("Android", "Android");
        SYSTEMS.put("CrOS", "ChromeOS");
        SYSTEMS.put("Windows", "Windows");
        SYSTEMS.put("Macintosh", "macOS");
        SYSTEMS.put("Linux", "Linux");
    }

    public static SessionDevice of(String userAgent) {
        return userAgent == null
                ? UNKNOWN
                : new SessionDevice(firstIn(userAgent, BROWSERS), firstIn(userAgent, SYSTEMS));
    }

    private static String firstIn(String userAgent, Map<String, String> names) {
        return names.entrySet().stream()
                .filter(name -> userAgent.contains(name.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
