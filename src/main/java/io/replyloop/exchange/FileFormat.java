package io.replyloop.exchange;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;

/** The formats in which replies come and go. */
enum FileFormat {
    JSONL("application/x-ndjson", "knowledge.jsonl"),
    CSV("text/csv; charset=UTF-8", "knowledge.csv");

    private final String mediaType;
    private final String fileName;

    FileFormat(String mediaType, String fileName) {
        this.mediaType = mediaType;
        this.fileName = fileName;
    }

    String mediaType() {
        return mediaType;
    }

    String fileName() {
        return fileName;
    }

    static FileFormat named(String name) {
        if ("jsonl".equals(name)) {
            return JSONL;
        }
        if ("csv".equals(name)) {
            return CSV;
        }
        throw new Problem(
                ProblemCode.INVALID,
                name == null
                        ? "The format is missing; add ?format=jsonl or ?format=csv to the address."
                        : "The format '" + name + "' is not known; use 'jsonl' or 'csv'.");
    }
}
