package io.replyloop.programs;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.ProgramAccounts;
import io.replyloop.identity.Role;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import io.replyloop.programs.ProgramTokenView.State;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.hibernate.Session;

/**
 * The tokens of programs. Like a link for a new password, one counts only as long as the admin who made it is one: whoever
 * leaves has seen it, and must not keep a way in. Another admin renews it, which makes a new secret and keeps the rest.
 */
@ApplicationScoped
@Transactional
public class ProgramTokens {
    private static final long LOCK = 7_301_163L;

    private static final String STATE = " case when t.expires_at <= :now then 'EXPIRED'"
            + " when not (m.active and m.role = 'admin') then 'MAKER_LEFT' else 'VALID' end as state";

    private final Session database;
    private final ProgramAccounts accounts;
    private final AuditLog audit;
    private final ProgramsConfig config;

    ProgramTokens(Session database, ProgramAccounts accounts, AuditLog audit, ProgramsConfig config) {
        this.database = database;
        this.accounts = accounts;
        this.audit = audit;
        this.config = config;
    }

    /** @param secret the token itself, which is not known later */
    record Made(ProgramTokenView token, String secret) {}

    /** How a token that was sent stands. */
    enum Standing {
        VALID,
        EXPIRED,
        MAKER_LEFT,
        REVOKED,
        /** Renewed: its program has the new secret, or should have. */
        REPLACED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @param noted whether its use is to be noted */
    private record Found(Known known, boolean noted) {}

    /**
     * A token that was sent and is known here.
     *
     * @param writable whether the database can be written into
     */
    record Known(UUID id, SignedInAgent account, Set<Scope> scopes, Standing standing, boolean writable) {
        AuditObject object() {
            return AuditObject.of(AuditObject.Kind.TOKEN, id, account.name());
        }
    }

    /** Those that are not revoked, by name. */
    List<ProgramTokenView> list() {
        return database
                .createNativeQuery(
                        "select t.id, a.name, t.scopes, t.hint, m.name as maker, t.made_at, t.expires_at, t.last_used_at,"
                                + STATE + " from program_token t join agent_account a on a.id = t.account_id"
                                + " join agent_account m on m.id = t.made_by where t.revoked_at is null"
                                + " order by lower(a.name), t.created_at, t.id",
                        Tuple.class)
                .setParameter("now", Instant.now())
                .getResultList()
                .stream()
                .map(ProgramTokens::view)
                .toList();
    }

    /** All that have ever had a token, by name: what they have done stands under their names for good. */
    List<Program> programs() {
        return database
                .createNativeQuery(
                        "select a.id, a.name, exists (select from program_token t where t.account_id = a.id"
                                + " and t.revoked_at is null) as present from agent_account a where a.program"
                                + " order by lower(a.name), present desc, a.id",
                        Tuple.class)
                .getResultList()
                .stream()
                .map(row -> new Program(
                        row.get("id", UUID.class), row.get("name", String.class), !row.get("present", Boolean.class)))
                .toList();
    }

    /** @param days for which it is valid; 0 for one that does not expire, null for the usual */
    Made create(SignedInAgent by, String name, Set<Scope> scopes, Integer days) {
        TransactionLock.hold(database, LOCK);
        long present = database.createNativeQuery(
                        "select count(*) from program_token where revoked_at is null", Long.class)
                .getSingleResult();
        if (present >= config.most()) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "There are " + config.most() + " tokens already. Revoke one that no program uses any more.");
        }
        SignedInAgent account = accounts.create(name.strip());
        UUID id = UUID.randomUUID();
        TokenText secret = TokenText.random();
        Integer valid = days == null ? (Integer) config.tokenDays() : days == 0 ? null : days;
        Instant now = Instant.now();
        database.createNativeMutationQuery("insert into program_token"
                        + " (id, account_id, token_hash, hint, scopes, days, made_by, made_at, created_at, expires_at)"
                        + " values (:id, :account, :hash, :hint, :scopes, cast(:days as integer), :by, :now, :now,"
                        + " cast(:end as timestamptz))")
                .setParameter("id", id)
                .setParameter("account", account.id())
                .setParameter("hash", secret.hash())
                .setParameter("hint", secret.hint())
                .setParameter("scopes", names(scopes).toArray(String[]::new))
                .setParameter("days", valid)
                .setParameter("by", by.id())
                .setParameter("now", now)
                .setParameter("end", end(now, valid))
                .executeUpdate();
        ProgramTokenView made = byId(id);
        Map<String, Object> facts = new HashMap<>(Map.of("name", made.name(), "scopes", names(scopes)));
        facts.put("expiresAt", made.expiresAt());
        audit.record(AuditAction.TOKEN_CREATED, object(made), AuditDetails.of(facts));
        return new Made(made, secret.text());
    }

    /** A new secret for the same program, for as long again; the old one ends. */
    Made renew(SignedInAgent by, UUID id) {
        Integer days = database.createNativeQuery(
                        "select coalesce(days, 0) from program_token where id = :id and revoked_at is null for update",
                        Integer.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst()
                .orElseThrow(() -> Problem.notFound("token"));
        TokenText secret = TokenText.random();
        Instant now = Instant.now();
        database.createNativeMutationQuery("update program_token set replaced_hash = token_hash, token_hash = :hash,"
                        + " hint = :hint, made_by = :by, made_at = :now,"
                        + " expires_at = cast(:end as timestamptz), last_used_at = null where id = :id")
                .setParameter("hash", secret.hash())
                .setParameter("hint", secret.hint())
                .setParameter("by", by.id())
                .setParameter("now", now)
                .setParameter("end", end(now, days == 0 ? null : days))
                .setParameter("id", id)
                .executeUpdate();
        ProgramTokenView renewed = byId(id);
        Map<String, Object> facts = new HashMap<>();
        facts.put("expiresAt", renewed.expiresAt());
        audit.record(AuditAction.TOKEN_RENEWED, object(renewed), AuditDetails.of(facts));
        return new Made(renewed, secret.text());
    }

    /** For good; again changes nothing. */
    void revoke(UUID id) {
        Optional<ProgramTokenView> token = find(id);
        int revoked = database.createNativeMutationQuery(
                        "update program_token set revoked_at = :now where id = :id and revoked_at is null")
                .setParameter("now", Instant.now())
                .setParameter("id", id)
                .executeUpdate();
        if (revoked == 1) {
            token.ifPresent(one -> audit.record(AuditAction.TOKEN_REVOKED, object(one), AuditDetails.none()));
        }
    }

    /** Whose token that is, one that counts no longer too; a use is noted once a minute. */
    Optional<Known> known(String sent) {
        return TokenText.of(sent).map(TokenText::hash).flatMap(this::known);
    }

    private Optional<Known> known(byte[] hash) {
        Instant now = Instant.now();
        Instant minuteAgo = now.minus(Duration.ofMinutes(1));
        Optional<Found> found =
                find("t.token_hash", hash, now, minuteAgo).or(() -> find("t.replaced_hash", hash, now, minuteAgo));
        if (found.isPresent() && found.get().noted()) {
            // Of the requests that come in the same moment, one writes.
            database.createNativeMutationQuery("update program_token set last_used_at = :now where id = :id"
                            + " and (last_used_at is null or last_used_at < :minuteAgo)")
                    .setParameter("now", now)
                    .setParameter("minuteAgo", minuteAgo)
                    .setParameter("id", found.get().known().id())
                    .executeUpdate();
        }
        return found.map(Found::known);
    }

    private Optional<Found> find(String column, byte[] hash, Instant now, Instant minuteAgo) {
        return database.createNativeQuery(
                        "select t.id, t.account_id, a.email, a.name, t.scopes, t.revoked_at is not null as revoked,"
                                + " t.token_hash <> :hash as replaced," + STATE
                                + ", (t.last_used_at is null or t.last_used_at < :minuteAgo) as due,"
                                // A read-only database cannot be updated, but programs must be able to read.
                                + " current_setting('transaction_read_only') = 'off' as writable"
                                + " from program_token t join agent_account a on a.id = t.account_id"
                                + " join agent_account m on m.id = t.made_by where " + column + " = :hash",
                        Tuple.class)
                .setParameter("hash", hash)
                .setParameter("now", now)
                .setParameter("minuteAgo", minuteAgo)
                .getResultStream()
                .findFirst()
                .map(ProgramTokens::found);
    }

    private static Found found(Tuple row) {
        Standing standing;
        if (row.get("revoked", Boolean.class)) {
            standing = Standing.REVOKED;
        } else if (row.get("replaced", Boolean.class)) {
            standing = Standing.REPLACED;
        } else {
            standing = Standing.valueOf(row.get("state", String.class));
        }
        boolean writable = row.get("writable", Boolean.class);
        SignedInAgent account = new SignedInAgent(
                row.get("account_id", UUID.class),
                row.get("email", String.class),
                row.get("name", String.class),
                Role.AGENT);
        Known known = new Known(row.get("id", UUID.class), account, Set.copyOf(scopes(row)), standing, writable);
        return new Found(known, standing == Standing.VALID && writable && row.get("due", Boolean.class));
    }

    private Optional<ProgramTokenView> find(UUID id) {
        return list().stream().filter(token -> token.id().equals(id)).findFirst();
    }

    private ProgramTokenView byId(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("token"));
    }

    private static ProgramTokenView view(Tuple row) {
        return new ProgramTokenView(
                row.get("id", UUID.class),
                row.get("name", String.class),
                scopes(row),
                row.get("hint", String.class),
                row.get("maker", String.class),
                row.get("made_at", Instant.class),
                row.get("expires_at", Instant.class),
                row.get("last_used_at", Instant.class),
                State.valueOf(row.get("state", String.class)));
    }

    private static List<Scope> scopes(Tuple row) {
        return Arrays.stream(row.get("scopes", String[].class))
                .map(Scope::of)
                .sorted()
                .toList();
    }

    private static List<String> names(Set<Scope> scopes) {
        return new TreeSet<>(scopes).stream().map(Scope::wireName).toList();
    }

    private static Instant end(Instant now, Integer days) {
        return days == null ? null : now.plus(Duration.ofDays(days));
    }

    private static AuditObject object(ProgramTokenView token) {
        return AuditObject.of(AuditObject.Kind.TOKEN, token.id(), token.name());
    }
}
