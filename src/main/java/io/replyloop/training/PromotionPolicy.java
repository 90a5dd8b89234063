package io.replyloop.training;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** Whether a model that is better serves without being asked; one row. */
@Entity
@Table(name = "promotion_policy")
class PromotionPolicy extends PanacheEntityBase {
    @Id
    boolean id = true;

    boolean automatic;

    /** In whose name models are promoted then. */
    @Column(name = "changed_by")
    UUID changedBy;

    static PromotionPolicy only() {
        return findById(true);
    }
}
