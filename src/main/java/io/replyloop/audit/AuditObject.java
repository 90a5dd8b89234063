package io.replyloop.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import io.replyloop.platform.WireNames;
import java.util.UUID;

/**
 * What was acted on.
 *
 * @param id null where there is only one of the kind
 * @param label what people called it then; null where it has no name
 */
public record AuditObject(Kind kind, String id, String label) {
    /** The kinds of objects. Names that were released stay, as with {@link AuditAction}. */
    public enum Kind {
        ACCOUNT,
        INVITATION,
        /** Of a program. */
        TOKEN,
        WEBHOOK,
        SITE,
        TEAM,
        CUSTOMER,
        REPLY,
        KNOWLEDGE_BASE,
        /** By the id of what was decided about it; its questions are customers'. */
        UNANSWERED_GROUP,
        HISTORY_IMPORT,
        HISTORY_DRAFT,
        EXAMPLE,
        TRAINING_RUN,
        TRAINING_SCHEDULE,
        PROMOTION_POLICY,
        RETENTION_RULE,
        SIGN_IN_RULE,
        MODEL,
        REPORT,
        MODEL_RETENTION,
        LABEL,
        /** Of a new installation. */
        FIRST_STEPS;

        @JsonValue
        public String wireName() {
            return WireNames.of(this);
        }
    }

    public static AuditObject of(Kind kind, UUID id, String label) {
        return new AuditObject(kind, id.toString(), label);
    }

    /** Something that people know by its number. */
    public static AuditObject numbered(Kind kind, UUID id, long number) {
        return of(kind, id, Long.toString(number));
    }

    /** The only one of its kind. */
    public static AuditObject theOnly(Kind kind) {
        return new AuditObject(kind, null, null);
    }
}
