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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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
    private final MergedCustomers merged;
    private final CustomerVisits visits;
    private final CustomerForms forms;
    private final CustomerNotes notes;
    private final AuditLog audit;
    private final Event<CustomerChanged> changed;

    CustomerProfiles(
            Session session,
            CustomerRows customers,
            MergedCustomers merged,
            CustomerVisits visits,
            CustomerForms forms,
            CustomerNotes notes,
            AuditLog audit,
            Event<CustomerChanged> changed) {
        this.session = session;
        this.customers = customers;
        this.merged = merged;
        this.visits = visits;
        this.forms = forms;
        this.notes = notes;
        this.audit = audit;
        this.changed = changed;
    }

    /** Of the person, by whichever of their ids: as whoever is kept of them. */
    public CustomerProfile of(UUID id) {
        List<UUID> person = merged.everyone(id);
        List<Tuple> rows = session.createNativeQuery("""
                        select c.id, c.name, c.email, c.external_id is not null as vouched, c.name_by_team,
                               c.email_by_team, m.into_id, a.name as merged_by, m.merged_at
                          from customer c
                          left join customer_merge m on m.customer_id = c.id
                          left join agent_account a on a.id = m.merged_by
                         where c.id = any(:person)
                         order by array_position(cast(:person as uuid[]), c.id)""", Tuple.class)
                .setParameter("person", person.toArray(UUID[]::new))
                .getResultList();
        if (rows.isEmpty()) {
            throw Problem.notFound("customer");
        }
        return profile(person, rows);
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
        CustomerRows.Locked before = customers.locked(merged.kept(id));
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
                    .setParameter("id", before.id())
                    .executeUpdate();
            audit.record(AuditAction.CUSTOMER_CORRECTED, before.object(), changes);
            changed.fire(new CustomerChanged(before.id(), true));
        }
        return of(id);
    }

    /** A name or an address that is not known of whoever is kept is the first one that is. */
    private CustomerProfile profile(List<UUID> person, List<Tuple> rows) {
        Tuple named = first(rows, "name");
        Tuple reached = first(rows, "email");
        return new CustomerProfile(
                person.get(0),
                named.get("name", String.class),
                source(named, "name"),
                reached.get("email", String.class),
                source(reached, "email"),
                !rows.get(0).get("vouched", Boolean.class),
                visits.last(person).orElse(null),
                visits.attributes(person),
                forms.answers(person),
                notes.of(person.get(0)),
                rows.stream().skip(1).map(CustomerProfiles::merged).toList());
    }

    private static Tuple first(List<Tuple> rows, String field) {
        return rows.stream().filter(row -> row.get(field) != null).findFirst().orElse(rows.get(0));
    }

    private static MergedCustomer merged(Tuple row) {
        return new MergedCustomer(
                row.get("id", UUID.class),
                row.get("name", String.class),
                row.get("email", String.class),
                row.get("vouched", Boolean.class),
                row.get("into_id", UUID.class),
                row.get("merged_by", String.class),
                row.get("merged_at", Instant.class));
    }

    private static Source source(Tuple row, String field) {
        if (row.get(field) == null) {
            return null;
        }
        if (row.get("vouched", Boolean.class)) {
            return Source.SITE;
        }
        return row.get(field + "_by_team", Boolean.class) ? Source.TEAM : Source.CUSTOMER;
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
