package io.replyloop.singlesignon;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.Agents;
import io.replyloop.identity.SealedSecrets;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.RandomSecret;
import io.replyloop.platform.TransactionLock;
import io.replyloop.signin.PasswordRule;
import io.replyloop.signin.PasswordsFor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * The provider that admins have named, and who may still sign in with a password. Read anew for each sign-in, so that
 * every node knows of a change at once.
 */
@ApplicationScoped
class Providers {
    private static final long LOCK = 7_301_041L;

    private final Session database;
    private final SealedSecrets seals;
    private final PasswordRule passwords;
    private final AuditLog audit;
    private final Agents agents;

    Providers(Session database, SealedSecrets seals, PasswordRule passwords, AuditLog audit, Agents agents) {
        this.agents = agents;
        this.database = database;
        this.seals = seals;
        this.passwords = passwords;
        this.audit = audit;
    }

    @Transactional
    Optional<Provider> current() {
        return database.createNativeQuery(
                        "select revision, issuer, client_id, name, groups_claim, admin_groups, agent_groups,"
                                + " new_accounts, trusts_addresses, signs_out_there, client_secret, state_secret"
                                + " from identity_provider",
                        Object[].class)
                .getResultStream()
                .findFirst()
                .map(this::read);
    }

    private Provider read(Object[] row) {
        UUID revision = (UUID) row[0];
        return new Provider(
                revision,
                new ProviderSettings(
                        (String) row[1],
                        (String) row[2],
                        (String) row[3],
                        (String) row[4],
                        List.of((String[]) row[5]),
                        List.of((String[]) row[6]),
                        (Boolean) row[7],
                        (Boolean) row[8],
                        (Boolean) row[9]),
                open(revision, (byte[]) row[10]),
                open(revision, (byte[]) row[11]));
    }

    /**
     * @param secret of the client; null to keep the one that is there, which only goes to the provider that it is for
     */
    @Transactional
    void set(ProviderSettings wanted, String secret) {
        TransactionLock.hold(database, LOCK);
        Optional<Provider> before = current();
        if (secret == null
                && before.filter(known -> known.issuer().equals(wanted.issuer())
                                && known.settings().clientId().equals(wanted.clientId()))
                        .isEmpty()) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    "clientSecret",
                    FieldRule.MISSING,
                    Map.of(),
                    "clientSecret: give the secret of this client.");
        }
        UUID revision = UUID.randomUUID();
        database.createNativeMutationQuery("delete from identity_provider").executeUpdate();
        database.createNativeMutationQuery("insert into identity_provider (revision, issuer, client_id, client_secret,"
                        + " state_secret, name, groups_claim, admin_groups, agent_groups, new_accounts,"
                        + " trusts_addresses, signs_out_there, changed_at) values (:revision, :issuer, :client, :secret,"
                        + " :state, :name, :claim, :admins, :agents, :new, :trusts, :out, :now)")
                .setParameter("revision", revision)
                .setParameter("issuer", wanted.issuer())
                .setParameter("client", wanted.clientId())
                .setParameter(
                        "secret",
                        seal(revision, secret == null ? before.orElseThrow().clientSecret() : secret))
                .setParameter("state", seal(revision, RandomSecret.text()))
                .setParameter("name", wanted.name())
                .setParameter("claim", wanted.groupsClaim())
                .setParameter("admins", wanted.adminGroups().toArray(String[]::new))
                .setParameter("agents", wanted.agentGroups().toArray(String[]::new))
                .setParameter("new", wanted.newAccounts())
                .setParameter("trusts", wanted.trustsAddresses())
                .setParameter("out", wanted.signsOutThere())
                .setParameter("now", Instant.now())
                .executeUpdate();
        if (before.filter(known -> !known.issuer().equals(wanted.issuer())).isPresent()) {
            // Nobody has shown yet that this one lets anybody in.
            passwords.decide(PasswordsFor.EVERYBODY);
        }
        record(before.map(Provider::settings), wanted, secret != null);
    }

    private void record(Optional<ProviderSettings> before, ProviderSettings after, boolean newSecret) {
        AuditDetails changes = AuditDetails.between(
                before.map(ProviderSettings::facts).orElse(Map.of()),
                newSecret ? withNewSecret(after.facts()) : after.facts());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.SESSION_PROVIDER_SET, AuditObject.theOnly(AuditObject.Kind.SIGN_IN_RULE), changes);
        }
    }

    private static Map<String, Object> withNewSecret(Map<String, Object> facts) {
        Map<String, Object> more = new HashMap<>(facts);
        more.put("newClientSecret", true);
        return more;
    }

    /** Who is who there is still known if it comes back; sessions go on. */
    @Transactional
    void remove() {
        TransactionLock.hold(database, LOCK);
        int removed = database.createNativeMutationQuery("delete from identity_provider")
                .executeUpdate();
        if (removed == 1) {
            passwords.decide(PasswordsFor.EVERYBODY);
            audit.record(
                    AuditAction.SESSION_PROVIDER_REMOVED,
                    AuditObject.theOnly(AuditObject.Kind.SIGN_IN_RULE),
                    AuditDetails.none());
        }
    }

    /** Only somebody whom the provider has let in before may close the other door: or it might close behind everybody. */
    @Transactional
    void decidePasswords(SignedInAgent by, PasswordsFor wanted) {
        TransactionLock.hold(database, LOCK);
        if (wanted != PasswordsFor.EVERYBODY) {
            String issuer = current()
                    .map(Provider::issuer)
                    .orElseThrow(() -> new Problem(
                            ProblemCode.CONFLICT, "Set up single sign-on first, or nobody could sign in any more."));
            if (!isKnownThere(by.id(), issuer)) {
                throw new Problem(
                        ProblemCode.CONFLICT,
                        "Sign in through the provider yourself first: that shows that it lets you in.");
            }
        }
        passwords.decide(wanted);
    }

    @Transactional
    boolean isKnownThere(UUID account, String issuer) {
        return !database.createNativeQuery(
                        "select 1 from provided_identity where account_id = :account and issuer = :issuer",
                        Integer.class)
                .setParameter("account", account)
                .setParameter("issuer", issuer)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    /** Whose account is known there, by any provider; they come in by their address the next time, as at the first. */
    @Transactional
    List<UUID> known() {
        return database.createNativeQuery("select distinct account_id from provided_identity", UUID.class)
                .getResultList();
    }

    /** For somebody who was made anew there, or whose address is somebody else's by now. */
    @Transactional
    void forget(UUID account) {
        SignedInAgent agent = agents.byId(account);
        int forgotten = database.createNativeMutationQuery("delete from provided_identity where account_id = :account")
                .setParameter("account", account)
                .executeUpdate();
        if (forgotten > 0) {
            audit.record(
                    AuditAction.ACCOUNT_UNLINKED,
                    AuditObject.of(AuditObject.Kind.ACCOUNT, agent.id(), agent.name()),
                    AuditDetails.none());
        }
    }

    private byte[] seal(UUID revision, String secret) {
        return seals.seal(revision, secret.getBytes(StandardCharsets.UTF_8));
    }

    private String open(UUID revision, byte[] sealed) {
        return new String(seals.open(revision, sealed), StandardCharsets.UTF_8);
    }
}
