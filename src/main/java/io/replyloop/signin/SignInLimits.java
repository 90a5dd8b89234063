package io.replyloop.signin;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/**
 * Slows down guessing without locking out owners. Strangers share limits by account and address, by account, and by
 * address; a device that the account knows has its own limit, which no stranger can use up. Strangers trying one
 * account are counted in two groups, so that the first few attempts of an address in a day are not held up by addresses
 * that have failed before. Beyond a limit nothing is locked: one attempt is allowed per pause. An attempt counts as
 * failed from its beginning, so that simultaneous ones cannot slip through; it is removed if it succeeds or is not
 * carried out.
 */
@ApplicationScoped
class SignInLimits {
    private static final int ACCOUNTS = 7_301;
    private static final int ADDRESSES = 7_302;
    private static final int DEVICES = 7_303;
    private static final int CODES = 7_304;

    private final Session database;
    private final SignInConfig.Limits config;

    SignInLimits(Session database, SignInConfig config) {
        this.database = database;
        this.config = config.limits();
    }

    /** Returns the number of the attempt; throws a {@link Problem} that says how long to wait. */
    @Transactional
    long begin(SignInAttempt attempt) {
        if (attempt.device() != null) {
            // Strangers trying the same account are counted separately.
            lock(DEVICES, attempt.device().hashCode());
            require(config.perDevice(), config.devicePause(), "device_id = ?3", attempt.device());
        } else {
            lock(ACCOUNTS, Arrays.hashCode(attempt.account()));
            lock(ADDRESSES, attempt.address().hashCode());
            require(
                    config.perAccountAndAddress(),
                    config.accountAndAddressPause(),
                    "device_id is null and email_hash = ?3 and address = ?4",
                    attempt.account(),
                    attempt.address());
            requireOfAccount(attempt);
            require(
                    config.perAddress(),
                    config.addressPause(),
                    "device_id is null and address = ?3",
                    attempt.address());
        }
        return database.createNativeQuery(
                        "insert into sign_in_failure (email_hash, address, device_id, failed_at)"
                                + " values (:account, :address, cast(:device as uuid), :now) returning id",
                        Long.class)
                .setParameter("account", attempt.account())
                .setParameter("address", attempt.address())
                .setParameter(
                        "device",
                        attempt.device() == null ? null : attempt.device().toString())
                .setParameter("now", Instant.now())
                .getSingleResult();
    }

    /**
     * The attempt has shown the right password and a code that could be guessed. Strangers have few such attempts at an
     * account, wherever they come from, because each code is one of a million only; for a recovery code nobody waits. Throws
     * a {@link Problem} that says how long to wait; the account's strangers wait for each other until the transaction ends.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    void guessesCode(long number, SignInAttempt attempt) {
        if (attempt.device() != null) {
            return;
        }
        lock(CODES, Arrays.hashCode(attempt.account()));
        require(
                config.codesWindow(),
                config.codesPerAccount(),
                config.codesPause(),
                "device_id is null and of_code and email_hash = ?3",
                attempt.account());
        database.createNativeMutationQuery("update sign_in_failure set of_code = true where id = :id")
                .setParameter("id", number)
                .executeUpdate();
    }

    /** Removes an attempt that was not carried out, from which nobody has learned anything. */
    @Transactional
    void takeBack(long attempt) {
        database.createNativeMutationQuery("delete from sign_in_failure where id = :id")
                .setParameter("id", attempt)
                .executeUpdate();
    }

    /** Removes this person's failed attempts, but none of strangers. */
    @Transactional
    void succeeded(SignInAttempt attempt) {
        database.createNativeMutationQuery("delete from sign_in_failure where email_hash = :account"
                        + " and (device_id = cast(:device as uuid) or (device_id is null and address = :address))")
                .setParameter("account", attempt.account())
                .setParameter(
                        "device",
                        attempt.device() == null ? null : attempt.device().toString())
                .setParameter("address", attempt.address())
                .executeUpdate();
    }

    private void requireOfAccount(SignInAttempt attempt) {
        Instant dayBefore = Instant.now().minus(config.newcomerAfter());
        long failed = database.createNativeQuery(
                        "select count(*) from sign_in_failure where device_id is null and email_hash = :account"
                                + " and " + network("address") + " = " + network("cast(:address as text)")
                                + " and failed_at > :since",
                        Long.class)
                .setParameter("account", attempt.account())
                .setParameter("address", attempt.address())
                .setParameter("since", dayBefore)
                .getSingleResult();
        boolean newcomer = failed < config.newcomerAttempts();
        // The position of an attempt within its network determines the group it was counted in.
        require(
                newcomer ? config.perAccountOfNewcomers() : config.perAccount(),
                newcomer ? config.newcomersPause() : config.accountPause(),
                "id in (select id from (select id, row_number() over (partition by " + network("address")
                        + " order by failed_at) as nth"
                        + " from sign_in_failure where device_id is null and email_hash = ?3 and failed_at > ?4)"
                        + " numbered where (nth <= ?5) = ?6)",
                attempt.account(),
                dayBefore,
                config.newcomerAttempts(),
                newcomer);
    }

    /**
     * IPv6 addresses are counted by /48, because a provider may assign a whole /48 with its 65,536 /64s to one
     * customer.
     */
    private static String network(String address) {
        return "case when " + address + " like '%/64' then left(" + address + ", 12) else " + address + " end";
    }

    @Scheduled(every = "10m", delayed = "3m")
    @Transactional
    void forgetOld() {
        database.createNativeMutationQuery("delete from sign_in_failure where failed_at < :since")
                .setParameter("since", Instant.now().minus(remembered()))
                .executeUpdate();
    }

    private Duration remembered() {
        return Collections.max(List.of(config.window(), config.newcomerAfter(), config.codesWindow()));
    }

    private void require(int most, Duration pause, String whose, Object... values) {
        require(config.window(), most, pause, whose, values);
    }

    private void require(Duration window, int most, Duration pause, String whose, Object... values) {
        Instant now = Instant.now();
        NativeQuery<Object[]> query = database.createNativeQuery(
                        "select count(*), max(failed_at) from (select failed_at from sign_in_failure where " + whose
                                + " and failed_at > ?1 order by failed_at desc limit ?2) newest",
                        Object[].class)
                .setParameter(1, now.minus(window))
                .setParameter(2, most);
        for (int index = 0; index < values.length; index++) {
            query.setParameter(index + 3, values[index]);
        }
        Object[] counted = query.getSingleResult();
        if (counted[1] == null || (Long) counted[0] < most) {
            return;
        }
        Duration wait = Duration.between(now, ((Instant) counted[1]).plus(pause));
        if (wait.toMillis() > 0) {
            throw Problem.rateLimited(
                    "Too many sign-in attempts. Try again in " + (wait.toSeconds() + 1) + " s.", wait);
        }
    }

    private void lock(int space, int key) {
        database.createNativeQuery("select cast(pg_advisory_xact_lock(:space, :key) as text)", String.class)
                .setParameter("space", space)
                .setParameter("key", key)
                .getSingleResult();
    }
}
