package io.replyloop.conversation;

import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** Makes agents and customers for the tests that store conversations. */
@ApplicationScoped
public class People {
    @Inject
    EntityManager entities;

    /** A customer who has a token and has not written yet: nothing is stored about them. */
    @Transactional
    public CustomerIdentity customer(String name) {
        UUID site = UUID.randomUUID();
        entities.createNativeQuery("insert into site (id, key, name) values (:id, :key, 'Shop')")
                .setParameter("id", site)
                .setParameter("key", site.toString())
                .executeUpdate();
        return new CustomerIdentity(UUID.randomUUID(), site, name, null, null);
    }

    @Transactional
    public SignedInAgent agent(String name) {
        return agent(name, Role.AGENT);
    }

    @Transactional
    public SignedInAgent admin(String name) {
        return agent(name, Role.ADMIN);
    }

    private SignedInAgent agent(String name, Role role) {
        UUID id = UUID.randomUUID();
        String email = id + "@example.org";
        entities.createNativeQuery("insert into agent_account (id, email, name, password_hash, role)"
                        + " values (:id, :email, :name, '', :role)")
                .setParameter("id", id)
                .setParameter("email", email)
                .setParameter("name", name)
                .setParameter("role", role == Role.ADMIN ? "admin" : "agent")
                .executeUpdate();
        return new SignedInAgent(id, email, name, role);
    }
}
