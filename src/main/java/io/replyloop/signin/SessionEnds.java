package io.replyloop.signin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.Session;

/**
 * How often the sessions of an account were ended as a whole. Checking a password takes a while, in which it may be changed or
 * the account closed: whoever signs in remembers the number from before, and gets no session if it is another one then.
 */
@ApplicationScoped
class SessionEnds {
    private final Session database;

    SessionEnds(Session database) {
        this.database = database;
    }

    /** To be asked before anything of a sign-in is checked; the same for an address without an account. */
    @Transactional
    long of(String email) {
        return database.createNativeQuery(
                        "select coalesce(max(e.times), 0) from agent_account a join session_end e on e.account_id = a.id"
                                + " where lower(a.email) = :email",
                        Long.class)
                .setParameter("email", email.strip().toLowerCase(Locale.ROOT))
                .getSingleResult();
    }

    /** Before the sessions are deleted: whoever opens one at this moment has opened it by then, or waits here and is refused. */
    @Transactional(Transactional.TxType.MANDATORY)
    void count(UUID account) {
        database.createNativeMutationQuery("insert into session_end (account_id, times) values (:account, 1)"
                        + " on conflict (account_id) do update set times = session_end.times + 1")
                .setParameter("account", account)
                .executeUpdate();
    }

    /** Whether none has come since; none comes until the transaction ends. */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean isStill(UUID account, long times) {
        database.createNativeMutationQuery(
                        "insert into session_end (account_id) values (:account) on conflict do nothing")
                .setParameter("account", account)
                .executeUpdate();
        return database.createNativeQuery(
                                "select times from session_end where account_id = :account for share", Long.class)
                        .setParameter("account", account)
                        .getSingleResult()
                == times;
    }
}
