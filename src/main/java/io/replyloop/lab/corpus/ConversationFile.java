package io.replyloop.lab.corpus;

import io.replyloop.platform.JsonLines;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Text for pretraining. A file with {@code .jsonl} in its name has one dialogue per line; any other file is plain text with
 * one turn per line and a blank line between conversations. Both may be gzipped.
 */
public final class ConversationFile {

    private ConversationFile() {}

    public static List<List<String>> read(Path file) throws IOException {
        List<List<String>> conversations =
                file.getFileName().toString().contains(".jsonl") ? dialogues(file) : text(file);
        if (conversations.isEmpty()) {
            throw new IOException(file + " contains no text");
        }
        return conversations;
    }

    private static List<List<String>> dialogues(Path file) throws IOException {
        return Dialogue.read(file).stream()
                .map(dialogue ->
                        dialogue.turns().stream().map(Dialogue.Turn::text).toList())
                .filter(turns -> !turns.isEmpty())
                .toList();
    }

    private static List<List<String>> text(Path file) throws IOException {
        List<List<String>> conversations = new ArrayList<>();
        List<String> turns = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(JsonLines.open(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank()) {
                    turns.add(line.strip());
                } else if (!turns.isEmpty()) {
                    conversations.add(turns);
                    turns = new ArrayList<>();
                }
            }
        }
        if (!turns.isEmpty()) {
            conversations.add(turns);
        }
        return conversations;
    }
}
