package io.replyloop.identity;

import com.fasterxml.jackson.core.type.TypeReference;
import io.replyloop.platform.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.hibernate.Session;

/** Where customers were last seen: the newest page alone, of those who have written. */
@ApplicationScoped
@Transactional
public class CustomerVisits {
    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private final Session session;
    private final Event<CustomerChanged> changed;

    CustomerVisits(Session session, Event<CustomerChanged> changed) {
        this.session = session;
        this.changed = changed;
    }

    /**
     * Does nothing for a customer who has not written, or was erased.
     *
     * @param given what the page says of the customer, see {@link CustomerAttributes}; null where this page says nothing, and
     *     what another one said stays
     * @param vouched what the site vouches for
     */
    public void keep(UUID customer, CustomerVisit visit, Map<String, Object> given, Map<String, Object> vouched) {
        // The row is held, so that it is not erased between the question for it and the answer.
        int kept = session.createNativeMutationQuery(
                        "insert into customer_visit (customer_id, page, language, browser, system, given, vouched)"
                                + " select id, :page, :language, :browser, :system,"
                                + " cast(:given as jsonb), cast(:vouched as jsonb) from customer where id = :customer"
                                + " for key share"
                                + " on conflict (customer_id) do update set page = excluded.page,"
                                + " language = excluded.language, browser = excluded.browser,"
                                + " system = excluded.system, seen_at = now(),"
                                + " given = coalesce(excluded.given, customer_visit.given),"
                                + " vouched = excluded.vouched"
                                + " where (customer_visit.page, customer_visit.language, customer_visit.browser,"
                                + " customer_visit.system, customer_visit.given, customer_visit.vouched)"
                                + " is distinct from (excluded.page, excluded.language, excluded.browser,"
                                + " excluded.system, coalesce(excluded.given, customer_visit.given), excluded.vouched)")
                .setParameter("customer", customer)
                .setParameter("page", visit.page(), String.class)
                .setParameter("language", visit.language(), String.class)
                .setParameter("browser", visit.browser(), String.class)
                .setParameter("system", visit.system(), String.class)
                .setParameter("given", given == null ? null : text(given), String.class)
                .setParameter("vouched", text(vouched), String.class)
                .executeUpdate();
        if (kept > 0) {
            changed.fire(new CustomerChanged(customer, false));
        } else {
            seenAgain(customer);
        }
    }

    /** Nobody has to be told; and of customers who come back all at once, few are written. */
    private void seenAgain(UUID customer) {
        session.createNativeMutationQuery("update customer_visit set seen_at = now()"
                        + " where customer_id = :customer and seen_at < now() - interval '1 minute'")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    /** @param customers who are the same person */
    public Optional<CustomerVisit> last(List<UUID> customers) {
        return session.createNativeQuery(
                        "select page, language, browser, system, seen_at from customer_visit"
                                + " where customer_id = any(:customers) order by seen_at desc limit 1",
                        Tuple.class)
                .setParameter("customers", customers.toArray(UUID[]::new))
                .getResultStream()
                .map(row -> new CustomerVisit(
                        row.get("page", String.class),
                        row.get("language", String.class),
                        row.get("browser", String.class),
                        row.get("system", String.class),
                        row.get("seen_at", Instant.class)))
                .findFirst();
    }

    /**
     * What the site vouches for first; of what a page says, only what the site does not say itself. By their names.
     *
     * @param customers who are the same person; what several say of it is as the first of them says
     */
    public List<CustomerAttribute> attributes(List<UUID> customers) {
        Map<String, Object> given = new HashMap<>();
        Map<String, Object> vouched = new HashMap<>();
        for (UUID customer : customers) {
            session.createNativeQuery(
                            "select cast(given as text), cast(vouched as text) from customer_visit"
                                    + " where customer_id = :customer",
                            Tuple.class)
                    .setParameter("customer", customer)
                    .getResultStream()
                    .forEach(row -> {
                        values(row.get(0, String.class)).forEach(given::putIfAbsent);
                        values(row.get(1, String.class)).forEach(vouched::putIfAbsent);
                    });
        }
        return attributes(given, vouched);
    }

    private static List<CustomerAttribute> attributes(Map<String, Object> given, Map<String, Object> vouched) {
        List<CustomerAttribute> all = new ArrayList<>();
        new TreeMap<>(vouched).forEach((name, value) -> all.add(new CustomerAttribute(name, value.toString(), true)));
        given.keySet().removeAll(vouched.keySet());
        new TreeMap<>(given).forEach((name, value) -> all.add(new CustomerAttribute(name, value.toString(), false)));
        return all;
    }

    private static String text(Map<String, Object> values) {
        return Json.MAPPER.valueToTree(values).toString();
    }

    private static Map<String, Object> values(String column) {
        return column == null ? new HashMap<>() : Json.MAPPER.convertValue(Json.stored(column), VALUES);
    }
}
