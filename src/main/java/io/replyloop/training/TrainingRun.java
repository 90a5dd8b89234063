package io.replyloop.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * One fine-tuning run: queued by an admin or the schedule, claimed by a worker, which counts an attempt, and ended as
 * succeeded, failed or cancelled. Whatever changes while a worker has it is written by SQL that names that worker, so
 * that one which was given up for dead cannot write over its successor.
 */
@Entity
@DynamicUpdate
@Table(name = "training_run")
class TrainingRun extends PanacheEntityBase {
    @Id
    UUID id;

    @Generated
    @Column(insertable = false, updatable = false)
    Long number;

    @Enumerated(EnumType.STRING)
    @Column(name = "status")
    RunState state;

    String trigger;

    @Column(name = "requested_by")
    UUID requestedBy;

    @Column(name = "base_model_id")
    UUID baseModelId;

    /** Of a run that trains nothing: what it measures against the base model. Null of all others. */
    @Column(name = "measured_model_id")
    UUID measuredModelId;

    @Column(name = "dataset_id")
    UUID datasetId;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode options;

    String worker;
    int attempt;

    @Column(name = "heartbeat_at")
    Instant heartbeatAt;

    @Column(name = "cancel_requested")
    boolean cancelRequested;

    int step;
    int steps;

    @Column(name = "seconds_left")
    Double secondsLeft;

    @Column(name = "result_model_id")
    UUID resultModelId;

    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode metrics;

    /** What became of its model by itself; null until somebody has looked. */
    String promotion;

    String error;

    @Column(name = "error_code")
    String errorCode;

    @Enumerated(EnumType.STRING)
    RunPhase phase;

    @Column(name = "maximum_minutes")
    Integer maximumMinutes;

    Integer cores;

    @Column(name = "spent_seconds")
    double spentSeconds;

    /** Its worker makes way for customers. */
    @Column(name = "standing_back")
    boolean standingBack;

    /** Part of what was spent. */
    @Column(name = "stood_back_seconds")
    double stoodBackSeconds;

    @JdbcTypeCode(SqlTypes.JSON)
    @Column(name = "trained_on")
    JsonNode trainedOn;

    @Column(name = "rejected_at")
    Instant rejectedAt;

    @Column(name = "rejected_by")
    UUID rejectedBy;

    @Column(name = "rejection_reason")
    String rejectionReason;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "finished_at")
    Instant finishedAt;

    /** One that is to be stored once it is said what it is about. */
    static TrainingRun queued(String trigger, UUID agent) {
        TrainingRun run = new TrainingRun();
        run.id = UUID.randomUUID();
        run.state = RunState.QUEUED;
        run.trigger = trigger;
        run.requestedBy = agent;
        run.metrics = JsonNodeFactory.instance.objectNode();
        run.createdAt = Instant.now();
        return run;
    }

    static Optional<TrainingRun> active() {
        return find("state in ?1", RunState.active()).firstResultOptional();
    }

    boolean onlyMeasures() {
        return measuredModelId != null;
    }

    /** A worker has it no more, or never had. */
    void end(RunState how) {
        state = state.to(how);
        finishedAt = Instant.now();
    }
}
