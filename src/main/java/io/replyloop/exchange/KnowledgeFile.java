package io.replyloop.exchange;

import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What an import of a file into an empty knowledge base would publish, without a database; for evaluation. The ids are
 * always the same for the same file.
 */
public record KnowledgeFile(List<Entry> entries, List<Line> lines) {
    /** A published reply, with the questions that the file says it has answered. */
    public record Entry(UUID id, ReplyDraft draft, List<AnsweredQuestion> questions) {}

    /**
     * The result of a line. Lines with the same text become one reply, which keeps only one of their labels; this
     * record has the line's own.
     */
    public record Line(UUID reply, String label, List<String> categories) {}

    /** @throws IllegalArgumentException naming the first line that an import would reject */
    public static KnowledgeFile read(byte[] file) {
        ImportedFile imported;
        try {
            imported = FileReading.of(file, ReadingOptions.of(null));
        } catch (FileRefused refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
        ImportPlan plan = new ImportPlan(List.of(), Map.of(), true, draft -> List.of());
        imported.lines().forEach(plan::add);
        Map<UUID, UUID> ids = new HashMap<>();
        plan.replies().forEach(reply -> ids.put(reply.id, idOf(reply.draft())));
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < plan.results().size(); i++) {
            ImportReport.Result result = plan.results().get(i);
            if (result.message() != null) {
                throw new IllegalArgumentException("line " + result.line() + ": " + result.message());
            }
            ImportedFile.Fields fields = imported.lines().get(i).fields();
            lines.add(new Line(
                    ids.get(result.reply()),
                    fields.label(),
                    fields.categories() == null ? List.of() : fields.categories()));
        }
        List<Entry> entries = new ArrayList<>();
        for (PlannedReply reply : plan.replies()) {
            if (reply.state() == ReplyState.PUBLISHED) {
                entries.add(new Entry(ids.get(reply.id), reply.draft(), List.copyOf(reply.newQuestions())));
            }
        }
        return new KnowledgeFile(entries, lines);
    }

    private static UUID idOf(ReplyDraft draft) {
        String says = draft.language() + ' ' + draft.text();
        return UUID.nameUUIDFromBytes(says.getBytes(StandardCharsets.UTF_8));
    }
}
