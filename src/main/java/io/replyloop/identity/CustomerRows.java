package io.replyloop.identity;

import io.replyloop.audit.AuditObject;
import io.replyloop.platform.Problem;
import io.replyloop.site.Sites;
import jakarta.inject.Singleton;
import jakarta.persistence.Tuple;
import java.util.UUID;
import org.hibernate.Session;

/** A customer's row, held while something about them is changed: what is counted or compared then stays true. */
@Singleton
class CustomerRows {
    private final Session session;

    CustomerRows(Session session) {
        this.session = session;
    }

    /** @param vouchedFor whether the site says who this is */
    record Locked(UUID id, String name, String email, boolean vouchedFor) {
        AuditObject object() {
            return AuditObject.of(AuditObject.Kind.CUSTOMER, id, name);
        }
    }

    /** Does not stand in the way of whoever writes a message. Customers of other desks are nobody that anything is known of. */
    Locked locked(UUID id) {
        return session.createNativeQuery(
                        "select name, email, external_id is not null as vouched from customer where id = :id"
                                + " and site_id <> :elsewhere for no key update",
                        Tuple.class)
                .setParameter("id", id)
                .setParameter("elsewhere", Sites.ELSEWHERE)
                .getResultStream()
                .map(row -> new Locked(
                        id,
                        row.get("name", String.class),
                        row.get("email", String.class),
                        row.get("vouched", Boolean.class)))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("customer"));
    }
}
