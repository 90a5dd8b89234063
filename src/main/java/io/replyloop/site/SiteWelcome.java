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

/** What customers of a site see before they write. */
@Entity
@Table(name = "site_welcome")
class SiteWelcome extends PanacheEntityBase {
    @Id
    @Column(name = "site_id")
    UUID siteId;

    /** {@link WelcomeSettings}, as over the wire. */
    @JdbcTypeCode(SqlTypes.JSON)
    JsonNode welcome;

    /** For whoever changes it: of two who save first at once, the second sees what the first has written. */
    static SiteWelcome locked(UUID site, JsonNode first) {
        getEntityManager()
                .createNativeQuery("insert into site_welcome (site_id, welcome) values (:site, cast(:first as jsonb))"
                        + " on conflict do nothing")
                .setParameter("site", site)
                .setParameter("first", first.toString())
                .executeUpdate();
        return findById(site, LockModeType.PESSIMISTIC_WRITE);
    }
}
