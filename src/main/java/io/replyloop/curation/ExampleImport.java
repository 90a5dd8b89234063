package io.replyloop.curation;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.dataset.ImportedExamples;
import io.replyloop.platform.ApplicationFolder;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;

/**
 * Imports examples from a file, all or none: it is read and masked first, so that the transaction, for which erasures and
 * corrections wait, has only to store. A dry run does the same and takes it back, so that what it tells is what an import
 * would do.
 */
@ApplicationScoped
public class ExampleImport {
    private static final int TOGETHER = 500;
    private static final int MOST_TOLD = 100;
    private static final int LONGEST_NAME = 200;
    private static final int SECONDS = 60;
    private static final int MOST_FILES = 100;

    private final Session session;
    private final ImportedExamples imported;
    private final CurationJournal journal;
    private final AuditLog audit;
    private final Path folder;

    ExampleImport(
            Session session,
            ImportedExamples imported,
            CurationJournal journal,
            AuditLog audit,
            ApplicationFolder files) {
        this.session = session;
        this.imported = imported;
        this.journal = journal;
        this.audit = audit;
        this.folder = files.folder("example-imports");
    }

    /** What was uploaded when the server was killed. */
    void tidyUp(@Observes StartupEvent start) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            for (Path file : left.toList()) {
                Files.delete(file);
            }
        }
    }

    /** @param dryRun only tells what would happen */
    ImportOutcome run(InputStream body, String fileName, boolean dryRun, UUID by) throws IOException {
        String name = name(fileName);
        Path file = Files.createTempFile(folder, "upload-", "");
        Checked checked = new Checked();
        try {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            ExampleFile.read(file, checked);
        } finally {
            Files.delete(file);
        }
        return checked.errors > 0 ? checked.outcome() : stored(checked.lines, name, dryRun, by);
    }

    /** The lines, or what is wrong with them. */
    private static final class Checked implements ExampleFile.Lines {
        private final List<ImportedExamples.Line> lines = new ArrayList<>();
        private final List<ImportOutcome.Wrong> told = new ArrayList<>();
        private int count;
        private int errors;

        @Override
        public void read(ImportedExamples.Line line) {
            count++;
            if (errors == 0) {
                lines.add(line);
            }
        }

        @Override
        public void wrong(String in, long line, ExampleLine.Wrong wrong) {
            count++;
            errors++;
            lines.clear();
            if (told.size() < MOST_TOLD) {
                told.add(new ImportOutcome.Wrong(in, line, wrong.field(), wrong.getMessage()));
            }
        }

        private ImportOutcome outcome() {
            return new ImportOutcome(null, false, count, 0, 0, 0, errors, told);
        }
    }

    private ImportOutcome stored(List<ImportedExamples.Line> lines, String name, boolean dryRun, UUID by) {
        try {
            return QuarkusTransaction.requiringNew()
                    .timeout(SECONDS)
                    .call(() -> inTransaction(lines, name, dryRun, by));
        } catch (TakenBack nothingStored) {
            return nothingStored.outcome;
        }
    }

    private ImportOutcome inTransaction(List<ImportedExamples.Line> lines, String name, boolean dryRun, UUID by) {
        if (!dryRun) {
            session.doWork(ErasureLock::shared);
        }
        UUID id = UUID.randomUUID();
        imported.begin(id, name, by);
        int added = 0;
        int erased = 0;
        for (int from = 0; from < lines.size(); from += TOGETHER) {
            List<ImportedExamples.Line> some =
                    new ArrayList<>(lines.subList(from, Math.min(from + TOGETHER, lines.size())));
            Set<UUID> gone = imported.erased(
                    some.stream().map(ImportedExamples.Line::conversation).collect(Collectors.toSet()));
            some.removeIf(line -> gone.contains(line.conversation()));
            erased += Math.min(TOGETHER, lines.size() - from) - some.size();
            added += imported.add(id, some);
        }
        boolean keeps = !dryRun && added > 0;
        if (keeps) {
            imported.end(id, added);
            audit.record(
                    AuditAction.EXAMPLE_IMPORTED,
                    new AuditObject(AuditObject.Kind.EXAMPLE, id.toString(), name),
                    AuditDetails.of(Map.of("lines", lines.size(), "examples", added)));
        }
        int known = lines.size() - erased - added;
        ImportOutcome outcome =
                new ImportOutcome(keeps ? id : null, keeps, lines.size(), added, known, erased, 0, List.of());
        if (!keeps) {
            throw new TakenBack(outcome);
        }
        return outcome;
    }

    /**
     * Takes back what a file has added, with what was done to it.
     *
     * @param erase also takes its texts out of snapshots, which stay as they are otherwise
     */
    @Transactional
    public void undo(UUID id, boolean erase, UUID by) {
        session.doWork(ErasureLock::shared);
        if (erase) {
            imported.erase(id);
        }
        int examples = journal.forget(imported.of(id));
        if (!imported.undo(id, by)) {
            throw Problem.notFound("import, or it is taken back already");
        }
        audit.record(
                AuditAction.EXAMPLE_IMPORT_UNDONE,
                new AuditObject(AuditObject.Kind.EXAMPLE, id.toString(), null),
                AuditDetails.of(Map.of("examples", examples, "erased", erase)));
    }

    /** Newest first, at most 100. */
    @Transactional
    List<ImportedFileView> files() {
        return imported.files(MOST_FILES).stream().map(ImportedFileView::of).toList();
    }

    /** Ends a transaction of which nothing is to stay. */
    private static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient ImportOutcome outcome;

        private TakenBack(ImportOutcome outcome) {
            super("nothing is stored", null, false, false);
            this.outcome = outcome;
        }
    }

    private static String name(String given) {
        String name = given == null || given.isBlank() ? "examples" : given.strip();
        if (name.length() > LONGEST_NAME || name.codePoints().anyMatch(Character::isISOControl)) {
            throw new Problem(ProblemCode.INVALID, "The file's name has at most 200 characters, all of them visible.");
        }
        return PersonalData.masked(name);
    }
}
