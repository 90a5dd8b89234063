package io.replyloop.curation;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import java.util.stream.Stream;

enum ExampleFormat {
    JSONL("jsonl", "application/x-ndjson", "examples.jsonl"),
    CSV("csv", "text/csv", "examples.csv"),
    /** A directory that Hugging Face's {@code datasets} loads, zipped. */
    HUGGING_FACE("huggingface", "application/zip", "replyloop-examples.zip");

    private final String wireName;
    private final String mediaType;
    private final String fileName;

    ExampleFormat(String wireName, String mediaType, String fileName) {
        this.wireName = wireName;
        this.mediaType = mediaType;
        this.fileName = fileName;
    }

    String mediaType() {
        return mediaType;
    }

    String fileName() {
        return fileName;
    }

    static ExampleFormat named(String name) {
        return Stream.of(values())
                .filter(format -> format.wireName.equals(name))
                .findFirst()
                .orElseThrow(() ->
                        Problem.ofField("format", FieldRule.MALFORMED, "format: is one of jsonl, csv, huggingface"));
    }
}
