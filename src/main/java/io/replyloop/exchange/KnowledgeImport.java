package io.replyloop.exchange;

import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import io.replyloop.exchange.ImportReport.Result;
import io.replyloop.knowledge.KnowledgeEdit;
import io.replyloop.knowledge.KnowledgeService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Imports a file as a whole or not at all. */
@ApplicationScoped
public class KnowledgeImport {
    /** The largest file takes longer than the minute that a transaction has by default. */
    private static final int LONGEST_SECONDS = 600;

    private final KnowledgeService knowledge;

    KnowledgeImport(KnowledgeService knowledge) {
        this.knowledge = knowledge;
    }

    /**
     * How to import.
     *
     * @param dryRun only report what would happen
     * @param publish lines that name no state are published
     * @param skipInvalid import the good lines even if there are bad ones
     */
    record Options(boolean dryRun, boolean publish, boolean skipInvalid) {}

    /** Reads the file and reports on each line; nothing is stored when a line is bad, unless bad ones are skipped. */
    @Transactional
    @TransactionConfiguration(timeout = LONGEST_SECONDS)
    ImportReport run(byte[] file, FileFormat format, Options options, UUID by) {
        return imported(file, format, options, by);
    }

    private ImportReport imported(byte[] file, FileFormat format, Options options, UUID by) {
        ImportedFile imported = format == FileFormat.JSONL ? JsonLines.read(file) : CsvLines.read(file);
        // The lock comes before the reading, so that what is planned still holds when it is written.
        KnowledgeEdit edit = options.dryRun() ? null : knowledge.edit(by);
        ImportPlan plan =
                new ImportPlan(knowledge.all(), knowledge.questions(), options.publish(), knowledge::violations);
        imported.lines().forEach(plan::add);
        boolean good = imported.lines().stream().allMatch(line -> line.error() == null)
                && plan.results().stream().allMatch(result -> result.message() == null);
        boolean stored = edit != null && (good || imported.readable() && options.skipInvalid());
        if (stored) {
            store(plan, edit);
        }
        return ImportReport.of(options.dryRun(), stored, stored ? plan.results() : withoutNewIds(plan));
    }

    /** Imports into a knowledge base that has no reply yet; does nothing when it has. */
    @Transactional
    boolean runWhenEmpty(byte[] file) {
        // Taken before the look, so that of two nodes that start together one imports.
        knowledge.edit(null);
        if (!knowledge.isEmpty()) {
            return false;
        }
        ImportReport report = imported(file, FileFormat.JSONL, new Options(false, true, false), null);
        if (!report.stored()) {
            throw new IllegalStateException("The knowledge base that comes with the application is damaged: " + report);
        }
        return true;
    }

    private void store(ImportPlan plan, KnowledgeEdit edit) {
        for (PlannedReply reply : plan.replies()) {
            if (reply.isNew) {
                edit.create(reply.id, reply.draft(), reply.state());
            } else if (reply.isChanged()) {
                edit.change(reply.id, reply.draft(), reply.state());
            }
            reply.newQuestions().forEach(question -> edit.addImportedQuestion(reply.id, question));
        }
        knowledge.finish(edit);
    }

    /** A reply that was not stored has an id that means nothing to anybody. */
    private static List<Result> withoutNewIds(ImportPlan plan) {
        Set<UUID> unknown = plan.replies().stream()
                .filter(reply -> reply.isNew)
                .map(reply -> reply.id)
                .collect(Collectors.toSet());
        return plan.results().stream()
                .map(result -> unknown.contains(result.reply())
                        ? new Result(
                                result.line(),
                                result.action(),
                                null,
                                result.label(),
                                result.category(),
                                result.message())
                        : result)
                .toList();
    }
}
