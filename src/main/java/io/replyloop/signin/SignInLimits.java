package io.replyloop.signin;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.hibernate.Session;

/**
 * Counts sign-in attempts per account and per address. An attempt counts as failed from its beginning, so that many at
 * once do not slip through; the one that succeeds is taken back.
 */
@ApplicationScoped
class SignInLimits {
    private static final long LOCK_SPACE = 7_301;

    private final Session database;
    private final SignInConfig.Limits config;

    SignInLimits(Session database, SignInConfig config) {
        this.database = database;
        this.config = config.limits();
    }

    /** Returns the attempt's number, or a {@link Problem} that says how long to wait. */
    @Transactional
    long begin(String email, String address) {
        byte[] account = hash(email);
        lock(java.util.Arrays.hashCode(account));
        Instant since = Instant.now().minus(config.window());
        require(config.perAccount(), "email_hash", account, since);
        require(config.perAddress(), "address", address, since);
        return (Long) database.createNativeQuery(
                        "insert into sign_in_failure (email_hash, address, failed_at) values (:email, :address, :now)"
                                + " returning id",
                        Object.class)
                .setParameter("email", account)
                .setParameter("address", address)
                .setParameter("now", Instant.now())
                .getSingleResult();
    }

    @Transactional
    void succeeded(String email) {
        database.createNativeMutationQuery("delete from sign_in_failure where email_hash = :email")
                .setParameter("email", hash(email))
                .executeUpdate();
    }

    @Scheduled(every = "10m", delayed = "3m")
    @Transactional
    void forgetOld() {
        database.createNativeMutationQuery("delete from sign_in_failure where failed_at < :since")
                .setParameter("since", Instant.now().minus(config.window()))
                .executeUpdate();
    }

    private void require(int most, String column, Object value, Instant since) {
        Object[] counted = database.createNativeQuery(
                        "select count(*), min(failed_at) from (select failed_at from sign_in_failure where " + column
                                + " = :value and failed_at > :since order by failed_at desc limit :most) newest",
                        Object[].class)
                .setParameter("value", value)
                .setParameter("since", since)
                .setParameter("most", most)
                .getSingleResult();
        if ((Long) counted[0] >= most) {
            Duration wait = Duration.between(since, (Instant) counted[1]).plusSeconds(1);
            throw Problem.rateLimited(
                    "Too many sign-in attempts. Try again in " + Math.max(1, wait.toMinutes()) + " min.", wait);
        }
    }

    private void lock(int account) {
        database.createNativeQuery("select cast(pg_advisory_xact_lock(:space, :account) as text)", String.class)
                .setParameter("space", (int) LOCK_SPACE)
                .setParameter("account", account)
                .getSingleResult();
    }

    private static byte[] hash(String email) {
        return SecretToken.sha256(email.strip().toLowerCase(Locale.ROOT));
    }
}
