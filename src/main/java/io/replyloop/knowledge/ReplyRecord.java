package io.replyloop.knowledge;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Has changes of single replies written into the audit log; an import has one entry, and its replies their versions. */
@ApplicationScoped
class ReplyRecord {
    private final AuditLog audit;

    ReplyRecord(AuditLog audit) {
        this.audit = audit;
    }

    void created(ReplyView reply) {
        audit.record(AuditAction.REPLY_CREATED, object(reply), AuditDetails.of(fields(reply)));
    }

    void changed(ReplyView before, ReplyView after) {
        AuditAction action = switch (before.state() == after.state() ? ReplyState.DRAFT : after.state()) {
            case PUBLISHED -> AuditAction.REPLY_PUBLISHED;
            case ARCHIVED -> AuditAction.REPLY_ARCHIVED;
            case DRAFT -> AuditAction.REPLY_CHANGED;
        };
        audit.record(action, object(after), AuditDetails.between(fields(before), fields(after)));
    }

    void changed(AuditAction action, ReplyView reply, String field, Object before, Object after) {
        audit.record(action, object(reply), AuditDetails.between(only(field, before), only(field, after)));
    }

    /** Of one field, which may have no value. */
    private static Map<String, Object> only(String field, Object value) {
        return Collections.singletonMap(field, value);
    }

    private static AuditObject object(ReplyView reply) {
        return AuditObject.of(AuditObject.Kind.REPLY, reply.id(), reply.title());
    }

    private static Map<String, Object> fields(ReplyView reply) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("title", reply.title());
        fields.put("text", reply.text());
        fields.put("label", reply.label());
        fields.put("language", reply.language());
        fields.put("categories", reply.categories());
        fields.put("shortcode", reply.shortcode());
        fields.put("choices", reply.choices().isEmpty() ? null : reply.choices());
        fields.put("state", reply.state().wireName());
        fields.put("version", reply.version());
        return fields;
    }
}
