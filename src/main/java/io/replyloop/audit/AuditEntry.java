package io.replyloop.audit;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** Something that was done. Never changed once it is stored: the database refuses it. */
@Entity
@Immutable
@Table(name = "audit_entry")
class AuditEntry {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    /** By the database's clock, since those of nodes differ. */
    @Generated
    @Column(insertable = false, updatable = false)
    Instant at;

    @Column(name = "actor_kind")
    String actorKind;

    @Column(name = "actor_id")
    UUID actorId;

    @Column(name = "actor_name")
    String actorName;

    String address;
    String action;

    @Column(name = "object_kind")
    String objectKind;

    @Column(name = "object_id")
    String objectId;

    String label;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode details;

    @Column(name = "erased_at", insertable = false, updatable = false)
    Instant erasedAt;

    AuditEntryView view() {
        return new AuditEntryView(
                id,
                at,
                actorKind,
                actorId,
                actorName,
                address,
                action,
                objectKind,
                objectId,
                label,
                details == null ? null : details.get("before"),
                details == null ? null : details.get("after"),
                erasedAt);
    }
}
