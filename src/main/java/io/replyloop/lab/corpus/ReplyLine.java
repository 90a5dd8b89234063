package io.replyloop.lab.corpus;

import io.replyloop.platform.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of a knowledge base file.
 *
 * @param line number of the line, from 1
 * @param label null if there is none
 * @param title null if there is none
 * @param task null if the reply is not limited to one
 */
public record ReplyLine(int line, String label, String title, String text, String task) {

    /**
     * Reads {@code {"label", "title", "text", "task"}} per line, plain or gzipped; only the text is required.
     *
     * @throws IllegalArgumentException naming file and line, if a line has no text
     */
    public static List<ReplyLine> read(Path file) throws IOException {
        List<ReplyLine> lines = new ArrayList<>();
        JsonLines.read(
                file,
                (line, object) -> lines.add(new ReplyLine(
                        line,
                        object.path("label").asText(null),
                        object.path("title").asText(null),
                        JsonLines.text(object, "text"),
                        object.path("task").asText(null))));
        return lines;
    }
}
