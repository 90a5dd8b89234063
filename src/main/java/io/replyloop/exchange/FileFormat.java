package io.replyloop.exchange;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.util.Locale;

/** The formats for import and export. */
enum FileFormat {
    JSONL("application/x-ndjson", "knowledge.jsonl"),
    CSV("text/csv; charset=UTF-8", "knowledge.csv"),
    /** Import only: texts without ids and questions could not be matched to their replies again. */
    MARKDOWN("text/markdown; charset=UTF-8", "knowledge.md");

    private final String mediaType;
    private final String fileName;

    FileFormat(String mediaType, String fileName) {
        this.mediaType = mediaType;
        this.fileName = fileName;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String mediaType() {
        return mediaType;
    }

    String fileName() {
        return fileName;
    }

    /** The format of an export. */
    static FileFormat named(String name) {
        if ("jsonl".equals(name)) {
            return JSONL;
        }
        if ("csv".equals(name)) {
            return CSV;
        }
        throw unknown(name, "'jsonl' or 'csv'");
    }

    /** The format of an import; null to detect it. */
    static FileFormat ofImport(String name) {
        return switch (name == null ? "" : name) {
            case "auto" -> null;
            case "jsonl", "json" -> JSONL;
            case "csv" -> CSV;
            case "markdown", "md" -> MARKDOWN;
            default -> throw unknown(name, "'jsonl' or 'csv', 'markdown' or 'auto'");
        };
    }

    /** Detects the format of a text. */
    static FileFormat of(String text) {
        String start = text.substring(0, Math.min(text.length(), 1000)).stripLeading();
        if (start.startsWith("{\"") || start.matches("(?s)[{\\[]\\s*[{\"].*")) {
            return JSONL;
        }
        return start.startsWith("---") || start.startsWith("# ") || start.startsWith("## ") ? MARKDOWN : CSV;
    }

    private static Problem unknown(String name, String known) {
        return new Problem(
                ProblemCode.INVALID,
                name == null
                        ? "The format is missing; add ?format=jsonl or ?format=csv to the address."
                        : "The format '" + Reason.excerpt(name) + "' is not known; use " + known + ".");
    }
}
