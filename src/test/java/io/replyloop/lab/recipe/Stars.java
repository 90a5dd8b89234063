package io.replyloop.lab.recipe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** A small corpus in STAR's layout: two tasks of three replies, dialogues of two picks each. */
public final class Stars {

    static final List<String> KNOWLEDGE = List.of(
            "{\"label\":\"hello\",\"text\":\"Hello, how can I help?\",\"task\":\"order\"}",
            "{\"label\":\"where\",\"text\":\"Your parcel is on its way.\",\"task\":\"order\"}",
            "{\"label\":\"bye\",\"text\":\"Goodbye.\",\"task\":\"order\"}",
            "{\"label\":\"hello\",\"text\":\"Hello, how can I help?\",\"task\":\"invoice\"}",
            "{\"label\":\"resend\",\"text\":\"I will send the invoice again.\",\"task\":\"invoice\"}",
            "{\"label\":\"bye\",\"text\":\"Thank you, goodbye.\",\"task\":\"invoice\"}");

    private Stars() {}

    public static Path write(Path directory) throws IOException {
        Path star = Files.createDirectories(directory.resolve("star"));
        gzip(star.resolve("kb.jsonl.gz"), KNOWLEDGE);
        List<String> train = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            train.add(i % 2 == 0 ? order("train-" + i) : invoice("train-" + i));
        }
        gzip(star.resolve("train.jsonl.gz"), train);
        gzip(star.resolve("dev.jsonl.gz"), List.of(order("dev-1"), invoice("dev-2")));
        return directory;
    }

    public static String order(String id) {
        return dialogue(id, "order", "Where is my parcel?", "where", "Your parcel is on its way.");
    }

    static String invoice(String id) {
        return dialogue(id, "invoice", "I have lost my invoice.", "resend", "I will send the invoice again.");
    }

    private static String dialogue(String id, String task, String question, String label, String reply) {
        return ("{'id':'" + id + "','tasks':['" + task + "'],'events':["
                        + "{'by':'customer','text':'Hi'},"
                        + "{'by':'agent','search':'hello'},"
                        + "{'by':'agent','text':'Hello, how can I help?','picked':'hello','offered':['hello']},"
                        + "{'by':'customer','text':'" + question + "'},"
                        + "{'by':'agent','text':'" + reply + "','picked':'" + label + "'}]}")
                .replace('\'', '"');
    }

    public static void gzip(Path file, List<String> lines) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        }
    }
}
