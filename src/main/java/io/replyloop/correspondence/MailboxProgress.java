package io.replyloop.correspondence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hibernate.Session;

/** How far the mailbox was read. One node reads at a time; if it dies, another one goes on after a while. */
@ApplicationScoped
@Transactional
class MailboxProgress {
    private final Session database;

    MailboxProgress(Session database) {
        this.database = database;
    }

    /** @param validity of the numbers, null where it was never read */
    record Position(Long validity, long last) {}

    /** Empty while another node reads it. */
    Optional<Position> begin(String address, Duration atMost) {
        Instant now = Instant.now();
        database.createNativeMutationQuery("insert into mailbox (address) values (:address) on conflict do nothing")
                .setParameter("address", address)
                .executeUpdate();
        return database
                .createNativeQuery("""
                        update mailbox set read_until = :until
                        where address = :address and (read_until is null or read_until < :now)
                        returning uid_validity, last_uid""", Tuple.class)
                .setParameter("address", address)
                .setParameter("now", now)
                .setParameter("until", now.plus(atMost))
                .getResultList()
                .stream()
                .findFirst()
                .map(row -> new Position(row.get("uid_validity", Long.class), row.get("last_uid", Long.class)));
    }

    /** All up to there were dealt with. */
    void reached(String address, long validity, long uid, Duration atMost) {
        database.createNativeMutationQuery("update mailbox set uid_validity = :validity, last_uid = :uid,"
                        + " read_until = :until where address = :address")
                .setParameter("validity", validity)
                .setParameter("uid", uid)
                .setParameter("until", Instant.now().plus(atMost))
                .setParameter("address", address)
                .executeUpdate();
    }

    /** @param failure null where it could be read */
    void end(String address, String failure) {
        Instant now = Instant.now();
        database.createNativeMutationQuery("update mailbox set read_until = null, failure = cast(:failure as text),"
                        + " read_at = case when cast(:failure as text) is null then :now else read_at end"
                        + " where address = :address")
                .setParameter("failure", failure, String.class)
                .setParameter("now", now)
                .setParameter("address", address)
                .executeUpdate();
    }

    /** @param readAt null where it never was */
    record Standing(Instant readAt, String failure) {}

    Optional<Standing> standing(String address) {
        return database.createNativeQuery("select read_at, failure from mailbox where address = :address", Tuple.class)
                .setParameter("address", address)
                .getResultStream()
                .findFirst()
                .map(row -> new Standing(row.get("read_at", Instant.class), row.get("failure", String.class)));
    }
}
