package io.replyloop.identity;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.identity.CustomerProfile.Source;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.ErasureLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hibernate.Session;

/** What is known of customers, and corrections of what nobody vouches for. */
@ApplicationScoped
@Transactional
public class CustomerProfiles {
    private final Session session;
    private final CustomerRows customers;
    private final CustomerVisits visits;
    private final CustomerForms forms;
    private final CustomerNotes notes;
    private final AuditLog audit;
    private final Event<CustomerChanged> changed;

    CustomerProfiles(
            Session session,
            CustomerRows customers,
            CustomerVisits visits,
            CustomerForms forms,
            CustomerNotes notes,
            AuditLog audit,
            Event<CustomerChanged> changed) {
        this.session = session;
        this.customers = customers;
        this.visits = visits;
        this.forms = forms;
        this.notes = notes;
        this.audit = audit;
        this.changed = changed;
    }

    public CustomerProfile of(UUID id) {
        return session.createNativeQuery(
                        "select name, email, external_id is not null as vouched, name_by_team, email_by_team"
                                + " from customer where id = :id",
                        Tuple.class)
                .setParameter("id", id)
                .getResultStream()
                .map(row -> profile(id, row))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("customer"));
    }

    /**
     * Who a site vouches for is called what the site says.
     *
     * @param name empty for none; null to leave it as it is, which somebody else may be correcting
     * @param email the same
     */
    public CustomerProfile correct(UUID id, String name, String email) {
        // What is recorded of it would be invisible to an erasure under way, and stay.
        session.doWork(ErasureLock::shared);
        CustomerRows.Locked before = customers.locked(id);
        if (before.vouchedFor()) {
            throw new Problem(
                    ProblemCode.CONFLICT, "The website says who this customer is; name and address are changed there.");
        }
        String called = name == null ? before.name() : orNull(name);
        String reached = email == null ? before.email() : orNull(email);
        AuditDetails changes = AuditDetails.between(fields(before.name(), before.email()), fields(called, reached));
        if (!changes.isEmpty()) {
            session.createNativeMutationQuery("update customer set name = :name, email = :email,"
                            + " name_by_team = name_by_team or :renamed, email_by_team = email_by_team or :moved"
                            + " where id = :id")
                    .setParameter("name", called, String.class)
                    .setParameter("email", reached, String.class)
                    .setParameter("renamed", !Objects.equals(called, before.name()))
                    .setParameter("moved", !Objects.equals(reached, before.email()))
                    .setParameter("id", id)
                    .executeUpdate();
            audit.record(AuditAction.CUSTOMER_CORRECTED, before.object(), changes);
            changed.fire(new CustomerChanged(id, true));
        }
        return of(id);
    }

    private CustomerProfile profile(UUID id, Tuple row) {
        boolean vouched = row.get("vouched", Boolean.class);
        String name = row.get("name", String.class);
        String email = row.get("email", String.class);
        return new CustomerProfile(
                id,
                name,
                source(name, vouched, row.get("name_by_team", Boolean.class)),
                email,
                source(email, vouched, row.get("email_by_team", Boolean.class)),
                !vouched,
                visits.last(id).orElse(null),
                visits.attributes(id),
                forms.answers(id),
                notes.of(id));
    }

    private static Source source(String value, boolean vouched, boolean byTeam) {
        if (value == null) {
            return null;
        }
        if (vouched) {
            return Source.SITE;
        }
        return byTeam ? Source.TEAM : Source.CUSTOMER;
    }

    private static Map<String, Object> fields(String name, String email) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", name);
        fields.put("email", email);
        return fields;
    }

    private static String orNull(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
