package io.replyloop.audit;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import java.util.Locale;

/** The formats in which the log leaves. */
enum ExportFormat {
    CSV("text/csv; charset=UTF-8"),
    JSONL("application/x-ndjson");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    String fileName() {
        return "audit-log." + name().toLowerCase(Locale.ROOT);
    }

    static ExportFormat named(String name) {
        for (ExportFormat format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return format;
            }
        }
        throw Problem.ofField(
                "format", FieldRule.MALFORMED, "format: add ?format=csv or ?format=jsonl to the address.");
    }
}
