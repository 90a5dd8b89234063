package io.replyloop.identity;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.Collection;
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
    private final Event<AccountClosed> closed;
    private final AuditLog audit;

    Agents(
            EntityManager entities,
            Passwords passwords,
            Event<AccessRevoked> revoked,
            Event<AccountClosed> closed,
            AuditLog audit) {
        this.entities = entities;
        this.passwords = passwords;
        this.revoked = revoked;
        this.closed = closed;
        this.audit = audit;
    }

    /** A team member, active or not; throws a {@link Problem} if there is no such account. */
    @Transactional
    public SignedInAgent byId(UUID id) {
        return account(id).agent();
    }

    /** A team member who may sign in; empty if there is none of this id, or not any more. */
    @Transactional
    public Optional<SignedInAgent> active(UUID id) {
        return Optional.ofNullable(entities.find(AgentAccount.class, id))
                .filter(AgentAccount::isActive)
                .map(AgentAccount::agent);
    }

    /**
     * The same, and it stays so until the transaction ends: whoever closes the account at this moment waits, or is waited for.
     * To be called before anything else is locked.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<SignedInAgent> stayingActive(UUID id) {
        return isLockedActive(id, "") ? active(id) : Optional.empty();
    }

    /**
     * Whether somebody may sign in, and may so until the transaction ends. Does not wait, so that it can be asked under any
     * lock: an account that is being changed at this moment counts as closed.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean staysActive(UUID id) {
        return isLockedActive(id, " skip locked");
    }

    /** Of one's own account, the password is changed where the present one is asked for. */
    public static void requireOther(SignedInAgent by, UUID account) {
        if (by.id().equals(account)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This is your own account: change your password there, where the present one is asked for.");
        }
    }

    /** Whoever leaves at this moment takes nothing with them; an account that is being changed may try again. */
    @Transactional(Transactional.TxType.MANDATORY)
    public void requireStaying(UUID id) {
        if (!staysActive(id)) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE, "Your account is being changed at this moment. Try again in a moment.");
        }
    }

    /** Those of the accounts that are closed. */
    @Transactional
    public List<SignedInAgent> closedOf(Collection<UUID> ids) {
        return entities.createQuery("from AgentAccount where id in :ids and not active", AgentAccount.class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(AgentAccount::agent)
                .toList();
    }

    private boolean isLockedActive(UUID id, String others) {
        return !entities.createNativeQuery(
                        "select 1 from agent_account where id = :id and active for share" + others, Integer.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    /** The people of the team; the accounts of programs are not among them. */
    @Transactional
    public List<AgentView> people() {
        return views("from AgentAccount where not program order by lower(name), email");
    }

    /** All accounts, those of programs too. */
    @Transactional
    public List<AgentView> list() {
        return views("from AgentAccount order by lower(name), email");
    }

    private List<AgentView> views(String query) {
        return entities.createQuery(query, AgentAccount.class).getResultList().stream()
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

    /** The owner of this address, where they may sign in. */
    public Optional<SignedInAgent> activeByEmail(String email) {
        return find(email).filter(AgentAccount::isActive).map(AgentAccount::agent);
    }

    /** The owner of this address, active or not. */
    @Transactional
    public Optional<SignedInAgent> byEmail(String email) {
        return find(email).map(AgentAccount::agent);
    }

    /** Hashes a password. Slow on purpose, so call this without a transaction. */
    public String hash(String password) {
        return passwords.hash(password);
    }

    @Transactional
    public AgentView create(String email, String name, Role role, String passwordHash) {
        AgentAccount account = make(email, name, role, passwordHash);
        audit.record(AuditAction.ACCOUNT_CREATED, account.object(), AuditDetails.of(account.facts()));
        return account.view();
    }

    /** For whoever holds the set-up link: with this account they have made themselves. */
    @Transactional
    public AgentView createFirstAdmin(String email, String name, String passwordHash) {
        AgentAccount account = make(email, name, Role.ADMIN, passwordHash);
        audit.record(
                account.agent().actor(),
                AuditAction.SETUP_COMPLETED,
                account.object(),
                AuditDetails.of(account.facts()));
        return account.view();
    }

    /** For whoever holds the link of an invitation: with this account they have made themselves. */
    @Transactional
    public AgentView join(String email, String name, Role role, String passwordHash) {
        AgentAccount account = make(email, name, role, passwordHash);
        audit.record(
                account.agent().actor(),
                AuditAction.ACCOUNT_JOINED,
                account.object(),
                AuditDetails.of(account.facts()));
        return account.view();
    }

    /** For somebody whom an identity provider vouches for; the account has no password. */
    @Transactional
    public SignedInAgent provide(String email, String name, Role role) {
        AgentAccount account = make(email, name, role, AgentAccount.NO_PASSWORD);
        audit.record(
                account.agent().actor(),
                AuditAction.ACCOUNT_PROVIDED,
                account.object(),
                AuditDetails.of(account.facts()));
        return account.agent();
    }

    /**
     * The account of somebody whom an identity provider vouches for, where it is active, and it stays so until the
     * transaction ends. Whoever has another role from now on has to sign in anew everywhere.
     *
     * @param role that the provider gives; null to keep the one that is. The last admin stays one
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public Optional<SignedInAgent> vouchedFor(UUID id, Role role) {
        lockAdmins();
        AgentAccount account = account(id);
        entities.refresh(account);
        if (!account.isActive()) {
            return Optional.empty();
        }
        SignedInAgent before = account.agent();
        boolean stays = role == null || role == before.role() || (account.isActiveAdmin() && !otherAdmin(id));
        if (!stays) {
            Map<String, Object> facts = account.facts();
            account.change(before.name(), role, true);
            audit.record(
                    before.actor(),
                    AuditAction.ACCOUNT_CHANGED,
                    account.object(),
                    AuditDetails.between(facts, account.facts()));
            entities.flush();
            revoked.fire(new AccessRevoked(id));
        }
        return Optional.of(account.agent());
    }

    /** For whoever holds the link that an admin has made for somebody who has forgotten their password. */
    @Transactional
    public void recover(UUID id, String passwordHash) {
        AgentAccount account = account(id);
        account.changePassword(passwordHash);
        audit.record(
                account.agent().actor(), AuditAction.ACCOUNT_PASSWORD_RECOVERED, account.object(), AuditDetails.none());
        entities.flush();
        revoked.fire(new AccessRevoked(id));
    }

    private AgentAccount make(String email, String name, Role role, String passwordHash) {
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
        return account;
    }

    /** @param passwordHash null to keep the password */
    @Transactional
    public AgentView update(UUID id, String name, Role role, boolean active, String passwordHash) {
        lockAdmins();
        AgentAccount account = account(id);
        if (account.isProgram()) {
            throw Problem.notFound("account");
        }
        SignedInAgent before = account.agent();
        boolean wasActive = account.isActive();
        boolean wasAdmin = account.isActiveAdmin();
        Map<String, Object> facts = account.facts();
        account.change(name, role, active);
        if (wasAdmin && !account.isActiveAdmin() && !otherAdmin(id)) {
            throw new Problem(
                    ProblemCode.LAST_ADMIN, "This is the last active admin. Make somebody else an admin first.");
        }
        AuditDetails changes = AuditDetails.between(facts, account.facts());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.ACCOUNT_CHANGED, account.object(), changes);
        }
        if (wasActive != active) {
            recordAccess(account);
        }
        if (passwordHash != null) {
            account.changePassword(passwordHash);
            audit.record(AuditAction.ACCOUNT_PASSWORD_RESET, account.object(), AuditDetails.none());
        }
        entities.flush();
        if (passwordHash != null || before.role() != role || (wasActive && !active)) {
            revoked.fire(new AccessRevoked(id));
        }
        if (wasActive && !active) {
            closed.fire(new AccountClosed(account.agent()));
        }
        return account.view();
    }

    /**
     * For a person who has proved that they know the current password. The caller decides which of their sessions end.
     */
    @Transactional
    public void changePassword(UUID id, String passwordHash) {
        AgentAccount account = account(id);
        account.changePassword(passwordHash);
        audit.record(AuditAction.ACCOUNT_PASSWORD_CHANGED, account.object(), AuditDetails.none());
    }

    /** Revokes access, even for the last admin: for accounts that must not exist. */
    @Transactional
    public void deactivate(UUID id) {
        AgentAccount account = account(id);
        SignedInAgent agent = account.agent();
        boolean wasActive = account.isActive();
        account.change(agent.name(), agent.role(), false);
        if (wasActive) {
            recordAccess(account);
            entities.flush();
            closed.fire(new AccountClosed(agent));
        }
        revoked.fire(new AccessRevoked(id));
    }

    /** Whether there is an admin; if called inside a transaction, this cannot change until it ends. */
    @Transactional
    public boolean hasAdmin() {
        lockAdmins();
        return otherAdmin(new UUID(0, 0));
    }

    private void recordAccess(AgentAccount account) {
        AuditAction action = account.isActive() ? AuditAction.ACCOUNT_REOPENED : AuditAction.ACCOUNT_CLOSED;
        audit.record(action, account.object(), AuditDetails.none());
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
        TransactionLock.hold(entities, ADMINS_LOCK);
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
