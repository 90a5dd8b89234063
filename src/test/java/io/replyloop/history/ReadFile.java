package io.replyloop.history;

import io.replyloop.history.HistoryReading.Mapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is read of a file, for tests. */
final class ReadFile implements TranscriptSink {
    final List<Transcript> conversations = new ArrayList<>();
    /** Reason and line. */
    final List<String> leftOut = new ArrayList<>();

    int others;

    ReadFile() {}

    static HistoryConfig config(Map<String, String> asked) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(asked, "test", 1_000))
                .withMappingIgnore("replyloop.**")
                .withMapping(HistoryConfig.class)
                .build()
                .getConfigMapping(HistoryConfig.class);
    }

    static ReadFile sample(String name) throws IOException {
        return of(Path.of("src/test/resources/history", name), null);
    }

    /** As the upload does: the format is found out, and the encoding. */
    static ReadFile of(Path file, Mapping mapping) throws IOException {
        HistoryFile history = new HistoryFile(file);
        Charset encoding = history.encoding(null);
        String head = new String(history.beginning(1 << 20), encoding);
        HistoryReading reading = FilePreview.of(head, encoding, null, mapping).reading();
        return with(file, reading);
    }

    static ReadFile with(Path file, HistoryReading reading) throws IOException {
        ReadFile read = new ReadFile();
        new FileReader(new HistoryFile(file), reading, config(Map.of())).read(read, new long[1]);
        return read;
    }

    static TranscriptSink nobody() {
        return new ReadFile();
    }

    static ReadFile text(Path folder, String content) throws IOException {
        return of(Files.writeString(folder.resolve("file"), content, StandardCharsets.UTF_8), null);
    }

    @Override
    public void conversation(Transcript transcript) {
        conversations.add(transcript);
    }

    @Override
    public void leftOut(LeftOut why, int line) {
        leftOut.add(why.wireName() + " " + line);
    }

    @Override
    public void byOthers() {
        others++;
    }

    /** Who says what, a line each. */
    List<String> said(int conversation) {
        return conversations.get(conversation).said().stream()
                .map(said -> said.by() + ": " + said.text())
                .toList();
    }
}
