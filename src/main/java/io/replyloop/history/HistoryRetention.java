package io.replyloop.history;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.erasure.ImportedConversations;
import io.replyloop.privacy.ErasureLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Conversations from before are kept for as long as the team says. */
@ApplicationScoped
@Transactional
class HistoryRetention implements ImportedConversations {
    /** In one transaction: corrections and publishing wait for its end. */
    private static final int AT_ONCE = 200;

    private static final String BEGUN_BEFORE =
            " from history_conversation c join history_import i on i.id = c.import_id"
                    + " where coalesce(c.started_at, i.created_at) < :time";

    /** While an import is analysed, its drafts may come out of conversations that would be deleted here. */
    private static final String AT_REST = " and i.state not in ('reading', 'analysing')";

    private final Session session;
    private final HistoryService history;
    private final AuditLog audit;

    HistoryRetention(Session session, HistoryService history, AuditLog audit) {
        this.session = session;
        this.history = history;
        this.audit = audit;
    }

    @Override
    public long begunBefore(Instant time) {
        return session.createNativeQuery("select count(*)" + BEGUN_BEFORE, Long.class)
                .setParameter("time", time)
                .getSingleResult();
    }

    @Override
    public int forgetBegunBefore(Instant time) {
        session.doWork(ErasureLock::exclusive);
        List<UUID> old = session.createNativeQuery(
                        "select c.id" + BEGUN_BEFORE + AT_REST
                                + " order by coalesce(c.started_at, i.created_at), c.id limit :most for key share of i",
                        UUID.class)
                .setParameter("time", time)
                .setParameter("most", AT_ONCE)
                .getResultList();
        if (!old.isEmpty()) {
            int questions = history.remove(old);
            audit.record(
                    AuditAction.HISTORY_FORGOTTEN,
                    AuditObject.theOnly(AuditObject.Kind.HISTORY_IMPORT),
                    AuditDetails.of(Map.of("conversations", old.size(), "questions", questions)));
        }
        return old.size();
    }
}
