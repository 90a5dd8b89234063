package io.replyloop.mail;

import com.fasterxml.jackson.databind.JsonNode;
import io.replyloop.platform.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of mails: one file for each language, {@code mail/<tag>.json}. A further language is a further file; what it
 * lacks is taken from English.
 */
@Singleton
public class MailTexts {
    public static final String ENGLISH = "en";
    private static final Pattern TAG = Pattern.compile("[a-z]{2,8}(-[a-z0-9]{1,8}){0,3}");
    private static final Pattern VALUE = Pattern.compile("\\{(\\w+)}");

    private final Map<String, Optional<JsonNode>> files = new ConcurrentHashMap<>();

    /** The words of one language. */
    public final class Words {
        private final String language;

        private Words(String language) {
            this.language = language;
        }

        public String language() {
            return language;
        }

        /** @param values by the names that stand in braces */
        public String of(String key, Map<String, ?> values) {
            String words = find(language, key)
                    .or(() -> find(ENGLISH, key))
                    .orElseThrow(() -> new IllegalArgumentException("No mail says " + key));
            return VALUE.matcher(words)
                    .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(values.get(found.group(1)))));
        }

        public String of(String key) {
            return of(key, Map.of());
        }

        /** Day and time, with the zone. */
        public String time(Instant time, ZoneId zone) {
            return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                            .withLocale(Locale.forLanguageTag(language))
                            .format(time.atZone(zone))
                    + (zone.equals(ZoneOffset.UTC) ? " UTC" : "");
        }

        public Letter.Writer letter(String subject) {
            return new Letter.Writer(
                    subject,
                    Locale.forLanguageTag(language),
                    find(language, "direction").orElse("ltr"));
        }
    }

    /**
     * @param wanted a tag, or what browsers send as Accept-Language; the first one of it that there is, without region if need
     *     be, otherwise English
     */
    public Words in(String wanted) {
        for (String range : (wanted == null ? "" : wanted).split(",", 10)) {
            String tag = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
            while (TAG.matcher(tag).matches()) {
                if (file(tag).isPresent()) {
                    return new Words(tag);
                }
                int shorter = tag.lastIndexOf('-');
                tag = shorter < 0 ? "" : tag.substring(0, shorter);
            }
        }
        return new Words(ENGLISH);
    }

    private Optional<String> find(String language, String key) {
        return file(language)
                .map(file -> file.path(key))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
    }

    /** What is asked for are the tags of a pattern that leads to no other folder; unknown ones are not kept. */
    private Optional<JsonNode> file(String tag) {
        Optional<JsonNode> known = files.get(tag);
        if (known != null) {
            return known;
        }
        Optional<JsonNode> read = read(tag);
        if (read.isPresent()) {
            files.put(tag, read);
        }
        return read;
    }

    private static Optional<JsonNode> read(String tag) {
        try (InputStream file =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("mail/" + tag + ".json")) {
            return file == null ? Optional.empty() : Optional.of(Json.MAPPER.readTree(file));
        } catch (IOException failure) {
            throw new UncheckedIOException("The words of mails in " + tag + " cannot be read", failure);
        }
    }
}
