package io.replyloop.exchange;

import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.exchange.ImportReport.Result;
import io.replyloop.knowledge.KnowledgeEdit;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Imports a file completely or not at all. */
@ApplicationScoped
public class KnowledgeImport {
    /** The largest file takes longer than a transaction's default limit, a minute. */
    private static final int LONGEST_SECONDS = 600;

    private final KnowledgeService knowledge;
    private final DraftRules rules;
    private final AuditLog audit;

    KnowledgeImport(KnowledgeService knowledge, DraftRules rules, AuditLog audit) {
        this.knowledge = knowledge;
        this.rules = rules;
        this.audit = audit;
    }

    /**
     * How to import.
     *
     * @param dryRun only report what would happen
     * @param publish publish lines without a state
     * @param skipInvalid import the valid lines even if others are invalid
     * @param confirmation of the dry run that somebody has checked; null if there is none
     */
    record Options(ReadingOptions reading, boolean dryRun, boolean publish, boolean skipInvalid, String confirmation) {}

    /**
     * Reads the file and reports on each line. Nothing is stored if a line is invalid, unless invalid lines are
     * skipped.
     */
    @Transactional
    @TransactionConfiguration(timeout = LONGEST_SECONDS)
    ImportReport run(byte[] file, Options options, UUID by) {
        return imported(file, options, by);
    }

    private ImportReport imported(byte[] file, Options options, UUID by) {
        ImportedFile imported = FileReading.of(file, options.reading());
        if (!options.dryRun() && options.confirmation() == null && imported.unsure() != null) {
            throw new FileRefused(imported.unsure());
        }
        // Locks before reading, so that the plan is still valid when it is written.
        KnowledgeEdit edit = options.dryRun() ? null : knowledge.edit(by);
        ImportPlan plan = new ImportPlan(knowledge.all(), knowledge.questions(), options.publish(), rules::violations);
        for (ImportedFile.Line line : imported.lines()) {
            FileText.requireTime();
            plan.add(line);
        }
        String confirmation = Confirmation.of(file, options, plan);
        if (options.confirmation() != null && !options.confirmation().equals(confirmation)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This is not what the confirmed dry run has shown: the file, the options or the knowledge base are"
                            + " otherwise than they were then. Nothing was imported; look at a dry run again.");
        }
        boolean good = plan.results().stream().allMatch(result -> result.message() == null);
        boolean stored = edit != null && (good || imported.readable() && options.skipInvalid());
        if (stored) {
            store(plan, edit);
        }
        ImportReport report = ImportReport.of(
                options.dryRun(),
                stored,
                stored ? plan.results() : withoutNewIds(plan),
                imported.reading(),
                confirmation);
        if (stored && report.created() + report.updated() + report.merged() > 0) {
            record(report);
        }
        return report;
    }

    private void record(ImportReport report) {
        audit.record(
                AuditAction.REPLY_IMPORTED,
                AuditObject.theOnly(AuditObject.Kind.KNOWLEDGE_BASE),
                AuditDetails.of(Map.of(
                        "lines", report.lines(),
                        "created", report.created(),
                        "updated", report.updated(),
                        "merged", report.merged(),
                        "unchanged", report.unchanged(),
                        "invalid", report.invalid())));
    }

    /** Imports into a knowledge base without replies; does nothing if there are any. */
    @Transactional
    boolean runWhenEmpty(byte[] file) {
        // Locks before checking, so that only one of two nodes that start together imports.
        knowledge.edit(null);
        if (!knowledge.isEmpty()) {
            return false;
        }
        Options options = new Options(ReadingOptions.of(FileFormat.JSONL), false, true, false, null);
        ImportReport report = imported(file, options, null);
        if (!report.stored()) {
            throw new IllegalStateException("The knowledge base that comes with the application is damaged: " + report);
        }
        return true;
    }

    private void store(ImportPlan plan, KnowledgeEdit edit) {
        for (PlannedReply reply : plan.replies()) {
            FileText.requireTime();
            if (reply.isNew) {
                edit.create(reply.id, reply.draft(), reply.state());
            } else if (reply.isChanged()) {
                edit.change(reply.id, reply.draft(), reply.state());
            }
            reply.newQuestions().forEach(question -> edit.addImportedQuestion(reply.id, question));
        }
        knowledge.finish(edit);
    }

    /** Removes the ids of replies that were not stored, which are meaningless. */
    private static List<Result> withoutNewIds(ImportPlan plan) {
        Set<UUID> unknown = plan.replies().stream()
                .filter(reply -> reply.isNew)
                .map(reply -> reply.id)
                .collect(Collectors.toSet());
        return plan.results().stream()
                .map(result -> unknown.contains(result.reply()) ? result.withoutReply() : result)
                .toList();
    }
}
