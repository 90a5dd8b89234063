package io.replyloop.model;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Map;
import java.util.UUID;

/** Whose files are kept. One row. */
@Entity
@Table(name = "model_retention")
class ModelRetention extends PanacheEntityBase {
    @Id
    boolean id;

    boolean enabled;

    @Column(name = "keep_newest")
    int keepNewest;

    @Column(name = "promoted_days")
    int promotedDays;

    @Column(name = "changed_by")
    UUID changedBy;

    static ModelRetention only() {
        return findById(true);
    }

    Map<String, Object> settings() {
        return Map.of("enabled", enabled, "keepNewest", keepNewest, "promotedDays", promotedDays);
    }

    ModelRetentionView view() {
        return new ModelRetentionView(enabled, keepNewest, promotedDays);
    }
}
