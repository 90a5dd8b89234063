package io.replyloop.training;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What came of a planned start. */
@Entity
@Table(name = "training_schedule_outcome")
class ScheduleOutcome extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "planned_at")
    Instant plannedAt;

    @Column(name = "looked_at")
    Instant lookedAt;

    @Enumerated(EnumType.STRING)
    StartOutcome outcome;

    int missed;

    @Column(name = "run_id")
    UUID runId;

    @Column(name = "run_number")
    Long runNumber;

    Long have;
    Long need;
    String rule;

    ScheduleOutcomeView view() {
        return new ScheduleOutcomeView(plannedAt, lookedAt, outcome, missed, runId, runNumber, have, need, rule);
    }
}
