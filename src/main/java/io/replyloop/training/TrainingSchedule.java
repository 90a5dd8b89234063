package io.replyloop.training;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The only row of its table. */
@Entity
@Table(name = "training_schedule")
class TrainingSchedule extends PanacheEntityBase {
    /** What one decision came to on average, for nodes of the version before, which count examples. */
    private static final int EXAMPLES_OF_A_DECISION = 5;

    @Id
    boolean id;

    boolean enabled;
    String cron;

    @Column(name = "time_zone")
    String timeZone;

    @Column(name = "minimum_examples")
    int minimumExamples;

    @Column(name = "minimum_decisions")
    int minimumDecisions;

    @Column(name = "quiet_from")
    String quietFrom;

    @Column(name = "quiet_until")
    String quietUntil;

    @Column(name = "maximum_minutes")
    Integer maximumMinutes;

    Integer cores;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "next_fire_at")
    Instant nextFireAt;

    /** What an admin has chosen, by the names that it has on the wire; without what is not set. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("enabled", enabled);
        settings.put("cron", cron);
        settings.put("timeZone", timeZone);
        settings.put("minimumDecisions", minimumDecisions);
        settings.put("quietFrom", quietFrom);
        settings.put("quietUntil", quietUntil);
        settings.put("maximumMinutes", maximumMinutes);
        settings.put("cores", cores);
        settings.values().removeIf(Objects::isNull);
        return settings;
    }

    static TrainingSchedule get() {
        return findById(true);
    }

    void setMinimumDecisions(int decisions) {
        minimumDecisions = decisions;
        minimumExamples = decisions * EXAMPLES_OF_A_DECISION;
    }

    Optional<QuietHours> quietHours() {
        return QuietHours.of(quietFrom, quietUntil, timeZone);
    }

    RunLimits limits() {
        return new RunLimits(maximumMinutes, cores);
    }
}
