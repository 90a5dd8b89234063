package io.replyloop.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** When the team of a site is there. A site without one is always open. */
@Entity
@Table(name = "site_hours")
class SiteHours extends PanacheEntityBase {
    @Id
    @Column(name = "site_id")
    UUID siteId;

    /** {@link HoursSettings}, as over the wire. */
    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode hours;

    /** For whoever changes it: of two who save first at once, the second sees what the first has written. */
    static SiteHours locked(UUID site, JsonNode first) {
        getEntityManager()
                .createNativeQuery("insert into site_hours (site_id, hours) values (:site, cast(:first as jsonb))"
                        + " on conflict do nothing")
                .setParameter("site", site)
                .setParameter("first", first.toString())
                .executeUpdate();
        return findById(site, LockModeType.PESSIMISTIC_WRITE);
    }
}
