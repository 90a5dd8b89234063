package io.replyloop.identity;

import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The team's accounts. */
@ApplicationScoped
public class Agents {
    /** Serialises changes that could leave the team without an admin, or create two first ones. */
    private static final long ADMINS_LOCK = 7_301_001L;

    private final EntityManager entities;
    private final Passwords passwords;
    private final Event<AccessRevoked> revoked;

    Agents(EntityManager entities, Passwords passwords, Event<AccessRevoked> revoked) {
        this.entities = entities;
        this.passwords = passwords;
        this.revoked = revoked;
    }

    /** A team member, active or not; throws a {@link Problem} if there is no such account. */
    @Transactional
    public SignedInAgent byId(UUID id) {
        return account(id).agent();
    }

    @Transactional
    public List<AgentView> list() {
        return entities
                .createQuery("from AgentAccount order by lower(name), email", AgentAccount.class)
                .getResultList()
                .stream()
                .map(AgentAccount::view)
                .toList();
    }

    /**
     * Returns the account if it is active and the password is right; takes the same time if not. Call this without a
     * transaction.
     *
     * @param known whether the browser is known to the account, so that strangers cannot make it wait
     */
    public Optional<SignedInAgent> authenticate(String email, String password, boolean known) {
        Optional<AgentAccount> account = find(email).filter(AgentAccount::isActive);
        boolean matches = passwords.matches(
                password, account.map(AgentAccount::passwordHash).orElse(null), known);
        return matches ? account.map(AgentAccount::agent) : Optional.empty();
    }

    /** For a mechanism that relies on another proof of the e-mail address, such as OpenID Connect. */
    public Optional<SignedInAgent> activeByEmail(String email) {
        return find(email).filter(AgentAccount::isActive).map(AgentAccount::agent);
    }

    /** Hashes a password. Slow on purpose, so call this without a transaction. */
    public String hash(String password) {
        return passwords.hash(password);
    }

    @Transactional
    public AgentView create(String email, String name, Role role, String passwordHash) {
        lockAdmins();
        if (find(email).isPresent()) {
            throw Problem.ofField(
                    ProblemCode.CONFLICT,
                    "email",
                    FieldRule.TAKEN,
                    Map.of(),
                    "There is already an account with this e-mail address.");
        }
        AgentAccount account = new AgentAccount(email, name, role, passwordHash);
        entities.persist(account);
        entities.flush();
        return account.view();
    }

    /** @param passwordHash null to keep the password */
    @Transactional
    public AgentView update(UUID id, String name, Role role, boolean active, String passwordHash) {
        lockAdmins();
        AgentAccount account = account(id);
        SignedInAgent before = account.agent();
        boolean wasActive = account.isActive();
        boolean wasAdmin = account.isActiveAdmin();
        account.change(name, role, active);
        if (wasAdmin && !account.isActiveAdmin() && !otherAdmin(id)) {
            throw new Problem(
                    ProblemCode.LAST_ADMIN, "This is the last active admin. Make somebody else an admin first.");
        }
        if (passwordHash != null) {
            account.changePassword(passwordHash);
        }
        entities.flush();
        if (passwordHash != null || before.role() != role || (wasActive && !active)) {
            revoked.fire(new AccessRevoked(id));
        }
        return account.view();
    }

    /**
     * For a person who has proved that they know the current password. The caller decides which of their sessions end.
     */
    @Transactional
    public void changePassword(UUID id, String passwordHash) {
        account(id).changePassword(passwordHash);
    }

    /** Revokes access, even for the last admin: for accounts that must not exist. */
    @Transactional
    public void deactivate(UUID id) {
        AgentAccount account = account(id);
        SignedInAgent agent = account.agent();
        account.change(agent.name(), agent.role(), false);
        revoked.fire(new AccessRevoked(id));
    }

    /** Whether there is an admin; if called inside a transaction, this cannot change until it ends. */
    @Transactional
    public boolean hasAdmin() {
        lockAdmins();
        return otherAdmin(new UUID(0, 0));
    }

    private boolean otherAdmin(UUID than) {
        return entities.createQuery(
                                "select count(*) from AgentAccount where active and role = :admin and id <> :id",
                                Long.class)
                        .setParameter("admin", Role.ADMIN)
                        .setParameter("id", than)
                        .getSingleResult()
                > 0;
    }

    private void lockAdmins() {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(:key) as text)")
                .setParameter("key", ADMINS_LOCK)
                .getSingleResult();
    }

    private Optional<AgentAccount> find(String email) {
        return entities.createQuery("from AgentAccount where lower(email) = :email", AgentAccount.class)
                .setParameter("email", AgentAccount.normalised(email))
                .getResultStream()
                .findFirst();
    }

    private AgentAccount account(UUID id) {
        AgentAccount account = entities.find(AgentAccount.class, id);
        if (account == null) {
            throw Problem.notFound("account");
        }
        return account;
    }
}
