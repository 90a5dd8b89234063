package io.replyloop.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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

    /** The snapshots that had taught what was erased; none of erasures of older versions. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    UUID[] taught;

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

    /**
     * @param name of who asked for it; null where nobody did
     * @param learnedSince numbers of the models that are known by now
     */
    ErasureReport report(String name, Collection<Long> learnedSince) {
        List<Long> named = Stream.concat(Arrays.stream(models), learnedSince.stream())
                .distinct()
                .sorted()
                .toList();
        return new ErasureReport(
                id, customerId, trigger, requestedBy, name, reason, removed, snapshots, named, erasedAt);
    }
}
