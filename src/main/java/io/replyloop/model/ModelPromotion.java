package io.replyloop.model;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Who promoted which model, and when. Rows are only ever added; the newest determines the champion. */
@Entity
@Table(name = "model_promotion")
class ModelPromotion extends PanacheEntityBase {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "model_id")
    UUID modelId;

    /** Null if the application promoted it because no model served yet. */
    @Column(name = "promoted_by")
    UUID promotedBy;

    @Column(name = "promoted_at")
    Instant promotedAt;

    /** By the policy; null of promotions by older releases. */
    Boolean automatic;

    static ModelPromotion newest() {
        return find("order by id desc").firstResult();
    }
}
