package io.replyloop.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** Customers who have written. */
@ApplicationScoped
public class Customers {
    private final EntityManager entities;

    Customers(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Creates the customer's row with the first message, and updates a changed name; safe to repeat and to run
     * concurrently.
     */
    @Transactional
    public void ensure(CustomerIdentity customer) {
        entities.createNativeQuery("insert into customer (id, site_id, external_id, name, email)"
                        + " values (:id, :site, :external, :name, :email)"
                        + " on conflict (id) do update set name = excluded.name, email = excluded.email"
                        + " where (customer.name, customer.email)"
                        + " is distinct from (excluded.name, excluded.email)")
                .setParameter("id", customer.id())
                .setParameter("site", customer.siteId())
                .setParameter("external", customer.externalId())
                .setParameter("name", customer.name())
                .setParameter("email", customer.email())
                .executeUpdate();
    }

    @Transactional
    public Optional<CustomerIdentity> find(UUID id) {
        return Optional.ofNullable(entities.find(Customer.class, id)).map(Customer::identity);
    }
}
