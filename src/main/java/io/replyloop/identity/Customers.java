package io.replyloop.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Customers who have written. */
@ApplicationScoped
public class Customers {
    static final String ERASED = "Everything about this customer was erased. Get a new token.";

    private final EntityManager entities;
    private final Event<CustomersRevoked> revoked;

    Customers(EntityManager entities, Event<CustomersRevoked> revoked) {
        this.entities = entities;
        this.revoked = revoked;
    }

    /**
     * Creates the customer's row with the first message, and updates a changed name; safe to repeat and to run
     * concurrently.
     */
    @Transactional
    public void ensure(CustomerIdentity customer) {
        if (!customer.vouchedFor() && !erased(List.of(customer.id())).isEmpty()) {
            throw SignedTokens.invalid(ERASED);
        }
        // A name that somebody gave in a form is no claim, and is not replaced by the lack of one.
        entities.createNativeQuery("insert into customer (id, site_id, external_id, name, email)"
                        + " values (:id, :site, :external, :name, :email)"
                        + " on conflict (id) do update set name = excluded.name, email = excluded.email"
                        + " where customer.external_id is not null and (customer.name, customer.email)"
                        + " is distinct from (excluded.name, excluded.email)")
                .setParameter("id", customer.id())
                .setParameter("site", customer.siteId())
                .setParameter("external", customer.externalId())
                .setParameter("name", customer.name())
                .setParameter("email", customer.email())
                .executeUpdate();
    }

    /**
     * Removes all that is known of a customer, blocking included, and ends the tokens that were given out so far. Whoever the
     * site vouches for again, or who comes without a token, begins anew.
     */
    @Transactional
    public void erase(UUID id) {
        for (String sql : List.of(
                "delete from blocked_customer where customer_id = :id",
                "delete from customer where id = :id",
                "insert into erased_customer (customer_id) values (:id)"
                        + " on conflict (customer_id) do update set erased_at = now()")) {
            entities.createNativeQuery(sql).setParameter("id", id).executeUpdate();
        }
        revoked.fire(new CustomersRevoked(null, id));
    }

    /** Until the end of the transaction, whoever has no conversation begins none. */
    @Transactional
    public void hold(UUID id) {
        entities.createNativeQuery("select id from customer where id = :id for no key update", UUID.class)
                .setParameter("id", id)
                .getResultList();
    }

    /** When these were erased, as far as they were. */
    @Transactional
    Map<UUID, Instant> erased(Collection<UUID> customers) {
        List<Object[]> rows = entities.unwrap(Session.class)
                .createNativeQuery(
                        "select customer_id, erased_at from erased_customer where customer_id = any(:customers)",
                        Object[].class)
                .setParameter("customers", customers.toArray(UUID[]::new))
                .getResultList();
        Map<UUID, Instant> erased = new HashMap<>();
        rows.forEach(row -> erased.put((UUID) row[0], (Instant) row[1]));
        return erased;
    }

    /**
     * Those of whose names and addresses each of these words begins one, at most so many, the newest first.
     */
    @Transactional
    public List<UUID> named(String words, int most) {
        // As typed, for addresses that are not whole yet; and in the parser's parts, as names such as O'Brien are
        // stored.
        String typed = Arrays.stream(words.strip().toLowerCase(Locale.ROOT).split("\\s+"))
                .map(word -> "'" + word.replace("\\", "\\\\").replace("'", "''") + "':*")
                .collect(Collectors.joining(" & "));
        return entities.unwrap(Session.class)
                .createNativeQuery("""
                        select id from customer
                        where to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(email, ''))
                            @@ (cast(:typed as tsquery) || coalesce(
                                (select cast(string_agg(quote_literal(lexeme) || ':*', ' & ') as tsquery)
                                    from unnest(to_tsvector('simple', :words))), cast('' as tsquery)))
                        order by created_at desc limit :most""", UUID.class)
                .setParameter("typed", typed)
                .setParameter("words", words)
                .setParameter("most", most)
                .getResultList();
    }

    @Transactional
    public Optional<CustomerIdentity> find(UUID id) {
        return Optional.ofNullable(entities.find(Customer.class, id)).map(Customer::identity);
    }
}
