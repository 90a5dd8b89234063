package io.replyloop.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** That a customer was erased, and what went: the proof, without anything about the person. */
@Entity
@Immutable
class Erasure extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "customer_id")
    UUID customerId;

    String trigger;

    @Column(name = "requested_by")
    UUID requestedBy;

    String reason;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode removed;

    int snapshots;

    @JdbcTypeCode(SqlTypes.ARRAY)
    Long[] models;

    @Column(name = "erased_at")
    Instant erasedAt;

    ErasureReport report() {
        return new ErasureReport(
                id, customerId, trigger, requestedBy, reason, removed, snapshots, Arrays.asList(models), erasedAt);
    }
}
