package io.replyloop.shadow;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A model that ranks unseen, from one time to another. Written by SQL alone, because several nodes may end one. */
@Entity
@Immutable
@Table(name = "shadow")
class Shadow extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "model_id")
    UUID modelId;

    @Column(name = "champion_id")
    UUID championId;

    @Column(name = "started_by")
    UUID startedBy;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ends_at")
    Instant endsAt;

    Integer decisions;
    long busy;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "ended_by")
    UUID endedBy;

    @Column(name = "end_reason")
    String endReason;

    String problem;

    static Optional<Shadow> active() {
        return find("endedAt is null").firstResultOptional();
    }
}
