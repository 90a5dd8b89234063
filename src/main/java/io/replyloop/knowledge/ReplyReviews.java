package io.replyloop.knowledge;

import io.replyloop.audit.AuditAction;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.Session;

/** When replies are to be looked at again. That says nothing of their contents: it makes no version and moves nothing. */
@ApplicationScoped
@Transactional
public class ReplyReviews {
    private static final int MOST_YEARS = 10;

    private final Session session;
    private final KnowledgeService knowledge;
    private final ReplyRecord record;

    ReplyReviews(Session session, KnowledgeService knowledge, ReplyRecord record) {
        this.session = session;
        this.knowledge = knowledge;
        this.record = record;
    }

    @Schema(name = "ReplyReviews")
    public record Due(
            @Schema(
                    description = "How many replies that are not archived have a review date that has come",
                    examples = "3",
                    required = true)
            long due) {}

    /** @param on null for never */
    public ReplyView set(UUID id, LocalDate on) {
        LocalDate today = today();
        if (on != null && (on.isBefore(today.minusYears(1)) || on.isAfter(today.plusYears(MOST_YEARS)))) {
            throw Problem.ofField("on", FieldRule.MALFORMED, "on: give a date from a year ago to ten years from now.");
        }
        ReplyView before = knowledge.get(id);
        if (!Objects.equals(before.reviewOn(), on)) {
            session.createNativeMutationQuery("update reply set review_on = :on where id = :id")
                    .setParameter("on", on, LocalDate.class)
                    .setParameter("id", id)
                    .executeUpdate();
            session.refresh(session.find(Reply.class, id));
            record.changed(AuditAction.REPLY_CHANGED, before, "reviewOn", before.reviewOn(), on);
        }
        return knowledge.get(id);
    }

    public Due due() {
        return new Due(session.createNativeQuery(
                        "select count(*) from reply where review_on <= :today and state <> 'archived'", Long.class)
                .setParameter("today", today())
                .getSingleResult());
    }

    /** The server's; a day begins somewhat earlier or later for whoever reads it. */
    static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
