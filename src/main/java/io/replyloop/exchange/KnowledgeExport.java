package io.replyloop.exchange;

import io.quarkus.runtime.StartupEvent;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.WrittenFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Exports all replies with the questions that they have answered, in formats that can be imported. */
@ApplicationScoped
public class KnowledgeExport {
    private final KnowledgeService knowledge;
    private final Path folder;

    KnowledgeExport(KnowledgeService knowledge, ApplicationFolder files) {
        this.knowledge = knowledge;
        this.folder = files.folder("exports");
    }

    void tidyUp(@Observes StartupEvent start) throws IOException {
        WrittenFile.deleteAll(folder);
    }

    /** The replies, and the questions of each. */
    record Contents(List<ReplyView> replies, Map<UUID, List<AnsweredQuestion>> questions) {}

    @Transactional
    Contents contents() {
        return new Contents(knowledge.all(), knowledge.questions());
    }

    WrittenFile write(FileFormat format, Contents contents) throws IOException {
        return WrittenFile.in(folder, out -> write(format, contents, out));
    }

    private static void write(FileFormat format, Contents contents, OutputStream out) throws IOException {
        if (format == FileFormat.JSONL) {
            for (ReplyView reply : contents.replies()) {
                JsonLines.write(reply, contents.questions().getOrDefault(reply.id(), List.of()), out);
            }
        } else {
            try (CsvLines.Table table = new CsvLines.Table(out)) {
                for (ReplyView reply : contents.replies()) {
                    table.write(reply, contents.questions().getOrDefault(reply.id(), List.of()));
                }
            }
        }
    }
}
