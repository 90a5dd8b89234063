package io.replyloop.training;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;

/** The only row of its table. */
@Entity
@Table(name = "training_schedule")
class TrainingSchedule extends PanacheEntityBase {
    @Id
    boolean id;

    boolean enabled;
    String cron;

    @Column(name = "time_zone")
    String timeZone;

    @Column(name = "minimum_examples")
    int minimumExamples;

    @Column(name = "next_fire_at")
    Instant nextFireAt;

    /** What an admin has chosen, by the names that it has on the wire. */
    Map<String, Object> settings() {
        return Map.of("enabled", enabled, "cron", cron, "timeZone", timeZone, "minimumExamples", minimumExamples);
    }
}
