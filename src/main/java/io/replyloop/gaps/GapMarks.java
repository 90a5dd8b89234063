package io.replyloop.gaps;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.knowledge.AnsweredQuestion;
import io.replyloop.knowledge.AskedQuestion;
import io.replyloop.knowledge.KnowledgeService;
import io.replyloop.knowledge.ReplyDraft;
import io.replyloop.knowledge.ReplyLookup;
import io.replyloop.knowledge.ReplyState;
import io.replyloop.knowledge.ReplyView;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.privacy.PersonalData;
import io.replyloop.suggestion.CandidateReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;
import org.hibernate.exception.ConstraintViolationException;

/** What admins have decided about groups of questions: set aside, or a reply is being written. */
@ApplicationScoped
@Transactional
class GapMarks {
    /** The newest; older ones count no longer. */
    static final int MOST = 500;
    /** So many questions of a group are enough to know it again by. */
    static final int MEMBERS = 12;

    /** The letters of 'gaps'. */
    private static final long LOCK = 0x67617073L;

    private final Session session;
    private final KnowledgeService knowledge;
    private final ReplyLookup replies;
    private final AuditLog audit;

    GapMarks(Session session, KnowledgeService knowledge, ReplyLookup replies, AuditLog audit) {
        this.session = session;
        this.knowledge = knowledge;
        this.replies = replies;
        this.audit = audit;
    }

    /**
     * @param reply that is being written; null for a group that was set aside
     * @param questions how many the group had
     * @param members some of them
     */
    record Mark(UUID id, String reason, UUID reply, int questions, Instant at, Set<UUID> members) {
        boolean isSetAside() {
            return reply == null;
        }
    }

    /** The newest first; one whose questions have all been erased is none any more. */
    List<Mark> all() {
        List<Tuple> rows = session.createNativeQuery("""
                        select newest.*, question.impression_id as member
                        from (select id, reason, reply_id, questions, created_at from gap
                            order by created_at desc, id limit :most) newest
                        join gap_question question on question.gap_id = newest.id
                        order by newest.created_at desc, newest.id""", Tuple.class)
                .setParameter("most", MOST)
                .getResultList();
        Map<UUID, Mark> marks = new LinkedHashMap<>();
        for (Tuple row : rows) {
            UUID id = row.get("id", UUID.class);
            marks.computeIfAbsent(
                            id,
                            one -> new Mark(
                                    id,
                                    row.get("reason", String.class),
                                    row.get("reply_id", UUID.class),
                                    row.get("questions", Integer.class),
                                    row.get("created_at", Instant.class),
                                    new HashSet<>()))
                    .members()
                    .add(row.get("member", UUID.class));
        }
        return new ArrayList<>(marks.values());
    }

    /** In place of what was decided about the group before. */
    void setAside(Group group, String reason, UUID by) {
        String kept = PersonalData.masked(reason.strip());
        UUID id = add(group, kept, null, by);
        audit.record(
                AuditAction.UNANSWERED_SET_ASIDE,
                AuditObject.of(AuditObject.Kind.UNANSWERED_GROUP, id, null),
                AuditDetails.of(Map.of("questions", group.questions().size(), "reason", kept)));
    }

    /** The group is shown again. */
    void takeBack(UUID id) {
        int gone = session.createNativeMutationQuery("delete from gap where id = :id and state = 'set-aside'")
                .setParameter("id", id)
                .executeUpdate();
        if (gone == 0) {
            throw new Problem(
                    ProblemCode.NOT_FOUND, "This group is not set aside any more. Load the page again to see it.");
        }
        audit.record(
                AuditAction.UNANSWERED_TAKEN_BACK,
                AuditObject.of(AuditObject.Kind.UNANSWERED_GROUP, id, null),
                AuditDetails.none());
    }

    /**
     * Stores a draft that answers the questions of a group.
     *
     * @param answered questions by which it is found once it is published, as far as they have not been erased
     */
    ReplyView draft(Group group, ReplyDraft draft, List<OpenQuestion> answered, UUID by) {
        Set<UUID> existing = session.doReturningWork(database -> {
            ErasureLock.shared(database);
            return CandidateReader.existing(
                    database, answered.stream().map(OpenQuestion::id).toList());
        });
        List<AskedQuestion> answers = answered.stream()
                .filter(question -> existing.contains(question.id()))
                .map(question -> new AskedQuestion(
                        AnsweredQuestion.of(question.query(), question.text()),
                        question.conversation(),
                        question.trigger()))
                .toList();
        ReplyView reply = knowledge.create(draft, answers, by);
        // After that, since the knowledge base takes one change at a time: nobody else can be here now.
        List<UUID> drafts = all().stream()
                .filter(mark -> !mark.isSetAside() && group.has(mark.members()))
                .map(Mark::reply)
                .toList();
        replies.those(drafts).stream()
                .filter(other -> other.state() == ReplyState.DRAFT)
                .findFirst()
                .ifPresent(other -> {
                    throw new Problem(
                            ProblemCode.CONFLICT,
                            "There is a draft for these questions already: '" + other.title()
                                    + "'. Load the page again and open that one.");
                });
        add(group, "", reply.id(), by);
        return reply;
    }

    private UUID add(Group group, String reason, UUID reply, UUID by) {
        // Two at once would each leave a mark.
        TransactionLock.hold(session, LOCK);
        forget(group.members());
        UUID id = UUID.randomUUID();
        session.createNativeMutationQuery("""
                        insert into gap (id, state, reason, reply_id, questions, changed_by)
                        values (:id, :state, :reason, cast(:reply as uuid), :questions, :by)""")
                .setParameter("id", id)
                .setParameter("state", reply == null ? "set-aside" : "drafted")
                .setParameter("reason", reason)
                .setParameter("reply", reply == null ? null : reply.toString())
                .setParameter("questions", group.questions().size())
                .setParameter("by", by)
                .executeUpdate();
        UUID[] members =
                group.questions().stream().limit(MEMBERS).map(OpenQuestion::id).toArray(UUID[]::new);
        try {
            session.createNativeMutationQuery("insert into gap_question (gap_id, impression_id)"
                            + " select :id, impression from unnest(:members) as impression")
                    .setParameter("id", id)
                    .setParameter("members", members)
                    .executeUpdate();
        } catch (ConstraintViolationException erased) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Some of these questions have just been erased. Load the page again.",
                    erased);
        }
        return id;
    }

    private void forget(Collection<UUID> members) {
        session.createNativeMutationQuery(
                        "delete from gap where id in (select gap_id from gap_question where impression_id = any(:members))")
                .setParameter("members", members.toArray(UUID[]::new))
                .executeUpdate();
    }
}
