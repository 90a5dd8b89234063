package io.replyloop.mail;

import io.replyloop.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The words of mails, as translators see them. */
final class MailWords {
    private static final Pattern VALUE = Pattern.compile("\\{\\w+}");

    private MailWords() {}

    static Map<String, String> of(String language) {
        Map<String, String> words = new TreeMap<>();
        try {
            Json.MAPPER
                    .readTree(Path.of("src/main/resources/mail", language + ".json")
                            .toFile())
                    .properties()
                    .forEach(entry -> words.put(entry.getKey(), entry.getValue().textValue()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return words;
    }

    static Set<String> values(String words) {
        Set<String> values = new TreeSet<>();
        VALUE.matcher(words).results().forEach(found -> values.add(found.group()));
        return values;
    }
}
