package io.replyloop.signin;

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
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.hibernate.Session;

/**
 * The second step of signing in: a code of an authenticator, or a recovery code. A secret is first made, and counts once
 * its owner has shown a code of it; from then on each code counts once.
 */
@ApplicationScoped
class SecondFactors {
    private static final String ISSUER = "Replyloop";

    private final Session database;
    private final SealedSecrets seals;
    private final RecoveryCodes recovery;
    private final SignedInDevices devices;
    private final Agents agents;
    private final AuditLog audit;

    SecondFactors(
            Session database,
            SealedSecrets seals,
            RecoveryCodes recovery,
            SignedInDevices devices,
            Agents agents,
            AuditLog audit) {
        this.database = database;
        this.seals = seals;
        this.recovery = recovery;
        this.devices = devices;
        this.agents = agents;
        this.audit = audit;
    }

    /** What a sign-in with the right password needs. */
    enum Outcome {
        PASSED,
        WRONG,
        CODE_NEEDED,
        SETUP_NEEDED
    }

    /** @param recoveryCodes where the second step was set up by this, which nobody sees again; null otherwise */
    record Checked(Outcome outcome, List<String> recoveryCodes) {
        static Checked of(Outcome outcome) {
            return new Checked(outcome, null);
        }

        boolean isSetUp() {
            return recoveryCodes != null;
        }
    }

    /**
     * A secret to be put into an authenticator.
     *
     * @param secret in base 32, for typing
     * @param address for the picture that authenticators read
     */
    record NewSecret(String secret, String address) {}

    record State(boolean on, boolean required, long recoveryCodesLeft) {}

    private record Stored(byte[] sealed, boolean confirmed, long lastStep) {}

    @Transactional
    State stateOf(SignedInAgent agent) {
        return new State(isOn(agent.id()), requirement().includes(agent.role()), recovery.left(agent.id()));
    }

    @Transactional
    SecondFactorRequirement requirement() {
        return SecondFactorRequirement.of(
                database.createNativeQuery("select required_for from second_factor_rule", String.class)
                        .getSingleResult());
    }

    /** Who has none yet sets it up at their next sign-in; sessions that are open go on. */
    @Transactional
    void require(SecondFactorRequirement wanted) {
        SecondFactorRequirement before = requirement();
        database.createNativeMutationQuery("update second_factor_rule set required_for = :wanted")
                .setParameter("wanted", wanted.wireName())
                .executeUpdate();
        AuditDetails changes = AuditDetails.between(
                Map.of("requiredFor", before.wireName()), Map.of("requiredFor", wanted.wireName()));
        if (!changes.isEmpty()) {
            audit.record(AuditAction.SESSION_RULE_CHANGED, AuditObject.theOnly(AuditObject.Kind.SIGN_IN_RULE), changes);
        }
    }

    /** Those accounts that sign in with a second step. */
    @Transactional
    List<UUID> accounts() {
        return database.createNativeQuery(
                        "select account_id from second_factor where confirmed_at is not null order by account_id",
                        UUID.class)
                .getResultList();
    }

    /**
     * The second step of whoever has shown the right password.
     *
     * @param typed null for no code
     * @param guessing called before a code that could be guessed is looked at, in the same transaction
     */
    @Transactional
    Checked check(SignedInAgent agent, String typed, Runnable guessing) {
        String code = normalised(typed);
        Optional<Stored> stored = find(agent.id());
        if (stored.filter(Stored::confirmed).isPresent()) {
            if (code.isEmpty()) {
                return Checked.of(Outcome.CODE_NEEDED);
            }
            return Checked.of(accept(agent, stored.get(), code, guessing) ? Outcome.PASSED : Outcome.WRONG);
        }
        if (!requirement().includes(agent.role())) {
            return Checked.of(Outcome.PASSED);
        }
        if (stored.isEmpty() || code.isEmpty()) {
            return Checked.of(Outcome.SETUP_NEEDED);
        }
        return confirmed(agent, stored.get(), code, "")
                ? new Checked(Outcome.PASSED, recovery.renew(agent.id()))
                : Checked.of(Outcome.WRONG);
    }

    /** Makes a secret that does not count yet; one that was made before and never confirmed is gone. */
    @Transactional
    NewSecret begin(SignedInAgent agent) {
        byte[] secret = OneTimeCodes.randomSecret();
        int made = database.createNativeMutationQuery("insert into second_factor (account_id, secret, created_at)"
                        + " values (:account, :secret, :now) on conflict (account_id) do update"
                        + " set secret = excluded.secret, created_at = excluded.created_at"
                        + " where second_factor.confirmed_at is null")
                .setParameter("account", agent.id())
                .setParameter("secret", seals.seal(agent.id(), secret))
                .setParameter("now", Instant.now())
                .executeUpdate();
        if (made == 0) {
            throw new Problem(
                    ProblemCode.CONFLICT, "The second step is switched on already. Switch it off to set it up anew.");
        }
        String text = OneTimeCodes.base32(secret);
        return new NewSecret(text, address(agent, text));
    }

    /**
     * Switches the second step on; all other sessions end, because they were opened without it.
     *
     * @param session the name of the session that goes on
     * @return the recovery codes, which nobody sees again
     */
    @Transactional
    List<String> confirm(SignedInAgent agent, String typed, String session) {
        Stored stored = find(agent.id())
                .filter(found -> !found.confirmed())
                .orElseThrow(() -> new Problem(ProblemCode.CONFLICT, "There is nothing to confirm. Begin again."));
        if (!confirmed(agent, stored, normalised(typed), session)) {
            throw Problem.ofField(
                    "code", FieldRule.WRONG, "code: this is not the present code of this secret. Try the next one.");
        }
        return recovery.renew(agent.id());
    }

    /** New recovery codes in place of the old ones. */
    @Transactional
    List<String> renewRecoveryCodes(SignedInAgent agent) {
        if (!isOn(agent.id())) {
            throw new Problem(ProblemCode.CONFLICT, "The second step is switched off. Switch it on first.");
        }
        List<String> codes = recovery.renew(agent.id());
        audit.record(agent.actor(), AuditAction.ACCOUNT_RECOVERY_CODES_RENEWED, object(agent), AuditDetails.none());
        return codes;
    }

    /** Switches it off for its owner, unless they have to have it. */
    @Transactional
    void remove(SignedInAgent agent) {
        if (requirement().includes(agent.role())) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Your team requires the second step, so it stays on. For a new phone, have an admin switch it off,"
                            + " and set it up again when you sign in.");
        }
        switchOff(agent);
    }

    /** Switches it off for somebody else, by an admin; all their sessions end. */
    @Transactional
    void removeFor(SignedInAgent admin, UUID account) {
        if (admin.id().equals(account)) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This is your own second step: switch it off under your account, where your password is asked for.");
        }
        switchOff(agents.byId(account));
        devices.endAll(account);
    }

    private void switchOff(SignedInAgent owner) {
        if (delete(owner.id())) {
            audit.record(AuditAction.ACCOUNT_SECOND_FACTOR_REMOVED, object(owner), AuditDetails.none());
        }
    }

    /** Its recovery codes go with it. */
    private boolean delete(UUID account) {
        return database.createNativeMutationQuery(
                                "delete from second_factor where account_id = :account and confirmed_at is not null")
                        .setParameter("account", account)
                        .executeUpdate()
                == 1;
    }

    private boolean accept(SignedInAgent agent, Stored stored, String code, Runnable guessing) {
        if (RecoveryCodes.isOne(code)) {
            boolean used = recovery.use(agent.id(), code);
            if (used) {
                audit.record(agent.actor(), AuditAction.ACCOUNT_RECOVERY_CODE_USED, object(agent), AuditDetails.none());
            }
            return used;
        }
        guessing.run();
        OptionalLong step = step(agent, stored, code);
        // Of two who show the same code at the same moment, the second one waits here and finds a later step.
        return step.isPresent()
                && database.createNativeMutationQuery("update second_factor set last_step = :step"
                                        + " where account_id = :account and confirmed_at is not null"
                                        + " and last_step < :step")
                                .setParameter("step", step.getAsLong())
                                .setParameter("account", agent.id())
                                .executeUpdate()
                        == 1;
    }

    private boolean confirmed(SignedInAgent agent, Stored stored, String code, String session) {
        OptionalLong step = step(agent, stored, code);
        if (step.isEmpty()) {
            return false;
        }
        int done = database.createNativeMutationQuery("update second_factor set confirmed_at = :now, last_step = :step"
                        + " where account_id = :account and confirmed_at is null and secret = :secret")
                .setParameter("now", Instant.now())
                .setParameter("step", step.getAsLong())
                .setParameter("account", agent.id())
                .setParameter("secret", stored.sealed())
                .executeUpdate();
        if (done == 1) {
            audit.record(agent.actor(), AuditAction.ACCOUNT_SECOND_FACTOR_SET_UP, object(agent), AuditDetails.none());
            devices.endOthers(agent, session);
        }
        return done == 1;
    }

    private OptionalLong step(SignedInAgent agent, Stored stored, String code) {
        byte[] secret = seals.open(agent.id(), stored.sealed());
        return OneTimeCodes.accepted(secret, code, Instant.now(), stored.lastStep());
    }

    private boolean isOn(UUID account) {
        return find(account).filter(Stored::confirmed).isPresent();
    }

    private Optional<Stored> find(UUID account) {
        return database.createNativeQuery(
                        "select secret, confirmed_at is not null, last_step from second_factor"
                                + " where account_id = :account",
                        Object[].class)
                .setParameter("account", account)
                .getResultStream()
                .findFirst()
                .map(row -> new Stored((byte[]) row[0], (Boolean) row[1], (Long) row[2]));
    }

    /** In the format that authenticators have agreed on. */
    private static String address(SignedInAgent agent, String secret) {
        String label = encoded(ISSUER) + ":" + encoded(agent.email());
        return "otpauth://totp/" + label + "?secret=" + secret + "&issuer=" + encoded(ISSUER)
                + "&algorithm=SHA1&digits=6&period=" + OneTimeCodes.STEP_SECONDS;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Codes are shown in groups, and typed in any way. */
    private static String normalised(String typed) {
        return typed == null ? "" : typed.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private static AuditObject object(SignedInAgent owner) {
        return AuditObject.of(AuditObject.Kind.ACCOUNT, owner.id(), owner.name());
    }
}
