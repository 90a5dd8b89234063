package io.replyloop.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.dataset.PastExamples;
import io.replyloop.gaps.Titles;
import io.replyloop.knowledge.ConversationQuestions;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.privacy.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** What admins do with imports: begin, confirm, cancel and undo them, and delete single conversations. */
@ApplicationScoped
@Transactional
class HistoryService {
    private static final int LISTED = 50;
    private static final int LONGEST_NAME = 200;

    private final Session session;
    private final HistoryStore store;
    private final ObjectMapper json;
    private final KnowledgeService knowledge;
    private final ConversationQuestions questions;
    private final PastExamples examples;
    private final HistoryConfig config;
    private final AuditLog audit;

    HistoryService(
            Session session,
            HistoryStore store,
            ObjectMapper json,
            KnowledgeService knowledge,
            ConversationQuestions questions,
            PastExamples examples,
            HistoryConfig config,
            AuditLog audit) {
        this.session = session;
        this.store = store;
        this.json = json;
        this.knowledge = knowledge;
        this.questions = questions;
        this.examples = examples;
        this.config = config;
        this.audit = audit;
    }

    /** @param id of the import, by which the file is stored */
    HistoryImport begin(UUID id, String fileName, HistoryReading reading, UUID by) {
        String name = fileName == null || fileName.isBlank() ? "file" : PersonalData.masked(fileName.strip());
        String kept = name.codePoints()
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        session.createNativeMutationQuery(
                        "insert into history_import (id, file_name, reading, state, report, created_by) values (:id,"
                                + " :name, cast(:reading as jsonb), 'reading', cast(:report as jsonb), :by)")
                .setParameter("id", id)
                .setParameter("name", kept)
                .setParameter("reading", write(reading))
                .setParameter("report", write(HistoryReport.empty()))
                .setParameter("by", by)
                .executeUpdate();
        record(
                AuditAction.HISTORY_READ,
                get(id),
                Map.of("format", reading.format().wireName()));
        return get(id);
    }

    List<HistoryImport> list() {
        return views("order by i.number desc limit " + LISTED, null);
    }

    HistoryImport get(UUID id) {
        return views("where i.id = :id", id).stream().findFirst().orElseThrow(() -> Problem.notFound("import"));
    }

    /** After this, what says what replies say is remembered, and the drafts are there to be worked off. */
    HistoryImport confirm(UUID id) {
        HistoryImport before = locked(id);
        if (before.state() != HistoryState.READY || before.report().conversations() == 0) {
            throw new Problem(
                    ProblemCode.CONFLICT, "Only an import whose report is there can go on. Load the page again.");
        }
        session.createNativeMutationQuery(
                        "update history_import set state = 'importing', step = 'importing', done = 0, total = 0,"
                                + " step_since = now(), worker = null, lease_until = null where id = :id")
                .setParameter("id", id)
                .executeUpdate();
        record(
                AuditAction.HISTORY_IMPORTED,
                before,
                Map.of(
                        "conversations", before.report().conversations(),
                        "drafts", before.report().drafts(),
                        "matched", before.report().matched()));
        return get(id);
    }

    /** Of an import that nothing has been learned from yet; nothing of it stays. */
    HistoryImport cancel(UUID id) {
        HistoryImport before = locked(id);
        if (before.state() != HistoryState.READING
                && before.state() != HistoryState.ANALYSING
                && before.state() != HistoryState.READY) {
            throw new Problem(ProblemCode.CONFLICT, "This import is over already. It can be undone as a whole.");
        }
        end(id, HistoryState.CANCELLED);
        record(AuditAction.HISTORY_CANCELLED, before, Map.of());
        return get(id);
    }

    /**
     * Takes back all that was learned from it. Replies that were made of drafts are the team's own by now.
     *
     * @param archive whether they are archived, too
     */
    HistoryImport undo(UUID id, boolean archive, UUID by) {
        HistoryImport before = locked(id);
        if (!before.undoable()) {
            throw new Problem(ProblemCode.CONFLICT, "Only what was imported can be undone. Load the page again.");
        }
        List<UUID> replies = session.createNativeQuery(
                        "select reply_id from history_draft where import_id = :id and reply_id is not null order by 1",
                        UUID.class)
                .setParameter("id", id)
                .getResultList();
        List<UUID> conversations = conversations(id);
        examples.forget(conversations);
        end(id, HistoryState.UNDONE);
        // What changes the knowledge base comes last, since agents' answers wait for its lock.
        if (archive) {
            for (UUID reply : replies) {
                if (knowledge.get(reply).state() != ReplyState.ARCHIVED) {
                    knowledge.archive(reply, by);
                }
            }
        }
        int forgotten = questions.forget(conversations);
        record(
                AuditAction.HISTORY_UNDONE,
                before,
                Map.of("questions", forgotten, "replies", replies.size(), "archived", archive));
        return get(id);
    }

    private List<UUID> conversations(UUID id) {
        return session.createNativeQuery("select id from history_conversation where import_id = :id", UUID.class)
                .setParameter("id", id)
                .getResultList();
    }

    private void end(UUID id, HistoryState state) {
        store.removeTexts(id);
        session.createNativeMutationQuery("update history_import set state = :state, worker = null, lease_until = null,"
                        + " finished_at = now() where id = :id")
                .setParameter("state", state.wireName())
                .setParameter("id", id)
                .executeUpdate();
    }

    /** How many conversations {@link #forget} would delete. */
    int find(Whom whom) {
        return found(whom).size();
    }

    /**
     * Deletes what was imported of a conversation or a customer, and what was learned from it.
     *
     * @param expected how many conversations the admin has been told of
     */
    int forget(Whom whom, int expected) {
        session.doWork(ErasureLock::exclusive);
        List<UUID> found = found(whom);
        if (found.size() != expected) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "There are " + found.size() + " such conversations by now, and " + expected
                            + " were to be deleted. Look again.");
        }
        int forgotten = remove(found);
        audit.record(
                AuditAction.HISTORY_FORGOTTEN,
                AuditObject.theOnly(AuditObject.Kind.HISTORY_IMPORT),
                AuditDetails.of(Map.of("conversations", found.size(), "questions", forgotten)));
        return found.size();
    }

    /** @return how many questions were remembered from them */
    int remove(List<UUID> found) {
        examples.erase(found);
        return removeConversations(found);
    }

    /** The same as part of the erasure of a customer, which is told how much that was. */
    void remove(List<UUID> found, CustomerErasure erasure) {
        examples.erase(found, erasure);
        erasure.removed("imported-conversations", found.size());
        erasure.removed("answered-questions", removeConversations(found));
    }

    private int removeConversations(List<UUID> found) {
        UUID[] gone = found.toArray(UUID[]::new);
        // A draft in the words of such a conversation; the reply that it became is the team's own by now.
        session.createNativeMutationQuery(
                        "delete from history_draft where conversation_id = any (:gone) and state <> 'written'")
                .setParameter("gone", gone)
                .executeUpdate();
        retitle(gone);
        session.createNativeMutationQuery("delete from history_conversation where id = any (:gone)")
                .setParameter("gone", gone)
                .executeUpdate();
        return questions.forget(found);
    }

    /** Drafts whose title is a question of such a conversation are called by their own words. */
    private void retitle(UUID[] gone) {
        List<Tuple> drafts = session.createNativeQuery(
                        "select id, text from history_draft where asked_in = any (:gone)", Tuple.class)
                .setParameter("gone", gone)
                .getResultList();
        for (Tuple draft : drafts) {
            session.createNativeMutationQuery("update history_draft set title = :title, asked_in = null where id = :id")
                    .setParameter("title", Titles.of(draft.get("text", String.class)))
                    .setParameter("id", draft.get("id", UUID.class))
                    .executeUpdate();
        }
    }

    /**
     * A conversation, or all conversations of a customer.
     *
     * @param external the id that the other program gave the conversation or the customer, or the customer's address there
     */
    record Whom(UUID importId, boolean isCustomer, String external) {}

    private List<UUID> found(Whom whom) {
        // While it is analysed, its drafts may come out of conversations that are deleted here.
        Tuple one = session.createNativeQuery(
                        "select salt, state from history_import where id = :id for share", Tuple.class)
                .setParameter("id", whom.importId())
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("import"));
        HistoryState state = HistoryState.named(one.get("state", String.class));
        if (state == HistoryState.READING || state == HistoryState.ANALYSING) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This import is still being read. Cancel it, or wait until its report is there.");
        }
        List<UUID> found = session.createNativeQuery(
                        "select id from history_conversation where import_id = :id and "
                                + (whom.isCustomer()
                                        ? "customer_keys @> array[cast(:key as text)]"
                                        : "external_key = :key"),
                        UUID.class)
                .setParameter("id", whom.importId())
                .setParameter("key", Intake.key(one.get("salt", UUID.class), whom.external()))
                .getResultList();
        if (found.isEmpty()) {
            throw new Problem(
                    ProblemCode.NOT_FOUND,
                    whom.isCustomer()
                            ? "No customer of this import has this id or address. Use it as the other program's file has"
                                    + " it."
                            : "No conversation of this import has this id. Use the id that the other program's file has.");
        }
        return found;
    }

    /** What nobody has confirmed in time, and files that their node has not read. */
    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteUnconfirmed() {
        List<UUID> old = session.createNativeQuery(
                        "select id from history_import where state in ('ready', 'reading')"
                                + " and greatest(created_at, step_since) < now() - :seconds * interval '1 second'"
                                + " and (lease_until is null or lease_until < now()) for update skip locked",
                        UUID.class)
                .setParameter("seconds", config.keepUnconfirmed().toSeconds())
                .getResultList();
        old.forEach(id -> end(id, HistoryState.CANCELLED));
    }

    private HistoryImport locked(UUID id) {
        session.createNativeQuery("select 1 from history_import where id = :id for update", Integer.class)
                .setParameter("id", id)
                .getResultList();
        return get(id);
    }

    private void record(AuditAction action, HistoryImport about, Map<String, Object> details) {
        audit.record(
                action,
                new AuditObject(AuditObject.Kind.HISTORY_IMPORT, about.id().toString(), about.file()),
                AuditDetails.of(details));
    }

    private List<HistoryImport> views(String which, UUID id) {
        NativeQuery<Tuple> query = session.createNativeQuery(
                "select i.id, i.number, i.file_name, cast(i.reading as text) as reading, i.state, cast(i.report as"
                        + " text) as report, i.problem, i.step, i.done, i.total, i.step_since, i.created_at, (select"
                        + " count(*) from history_draft d where d.import_id = i.id and d.state = 'open') as open, (select"
                        + " count(*) from history_draft d where d.import_id = i.id and d.state = 'written') as written,"
                        + " i.state in ('importing', 'imported') or i.state = 'failed' and exists (select from"
                        + " history_conversation c where c.import_id = i.id) as undoable"
                        + " from history_import i " + which,
                Tuple.class);
        if (id != null) {
            query.setParameter("id", id);
        }
        return query.getResultList().stream().map(this::view).toList();
    }

    private HistoryImport view(Tuple row) {
        HistoryState state = HistoryState.named(row.get("state", String.class));
        return new HistoryImport(
                row.get("id", UUID.class),
                row.get("number", Long.class),
                row.get("file_name", String.class),
                read(row.get("reading", String.class), HistoryReading.class),
                state,
                read(row.get("report", String.class), HistoryReport.class),
                row.get("problem", String.class),
                state.isUnderWay() ? progress(row) : null,
                row.get("open", Long.class).intValue(),
                row.get("written", Long.class).intValue(),
                row.get("undoable", Boolean.class),
                row.get("created_at", Instant.class));
    }

    private static HistoryImport.Progress progress(Tuple row) {
        long done = row.get("done", Long.class);
        long total = row.get("total", Long.class);
        long elapsed = Duration.between(row.get("step_since", Instant.class), Instant.now())
                .toSeconds();
        Long left = done > 0 && total > done && elapsed > 2 ? elapsed * (total - done) / done : null;
        return new HistoryImport.Progress(row.get("step", String.class), done, total, left);
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("A column of an import cannot be read", damaged);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
