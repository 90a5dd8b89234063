package io.replyloop.erasure;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** After how many days without anything new conversations are erased; one row. */
@Entity
@Table(name = "retention_rule")
class RetentionRule extends PanacheEntityBase {
    @Id
    boolean id = true;

    /** Null: resolved conversations are kept. */
    @Column(name = "resolved_after")
    Integer resolvedAfter;

    /** Null: open conversations are kept. */
    @Column(name = "open_after")
    Integer openAfter;

    /** Null: conversations from before are kept. */
    @Column(name = "imported_after")
    Integer importedAfter;

    @Column(name = "changed_by")
    UUID changedBy;

    /** What an admin has chosen, by the names that it has on the wire. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put("resolvedAfter", resolvedAfter);
        settings.put("openAfter", openAfter);
        settings.put("importedAfter", importedAfter);
        return settings;
    }

    static RetentionRule only() {
        return findById(true);
    }
}
