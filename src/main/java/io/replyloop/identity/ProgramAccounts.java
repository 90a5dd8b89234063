package io.replyloop.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/**
 * The accounts under which programs act, so that whatever they do stands under a name. They are inactive: nobody signs in
 * with one, it is given no conversation, and it is not among the people of the team.
 */
@ApplicationScoped
@Transactional
public class ProgramAccounts {
    private final EntityManager entities;

    ProgramAccounts(EntityManager entities) {
        this.entities = entities;
    }

    /** @param name what people call the program */
    public SignedInAgent create(String name) {
        AgentAccount account = AgentAccount.ofProgram(name);
        entities.persist(account);
        entities.flush();
        return account.agent();
    }
}
