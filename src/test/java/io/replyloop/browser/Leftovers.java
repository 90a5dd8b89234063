package io.replyloop.browser;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What a test leaves behind. The websites and the waiting customers of all tests before would otherwise be on the pages of
 * each one after them, which took longer and longer to draw.
 */
@ApplicationScoped
class Leftovers {
    private static final UUID PAST = UUID.fromString("7a1e0000-0000-4000-8000-000000000009");

    private final Session database;

    Leftovers(Session database) {
        this.database = database;
    }

    /** Customers and conversations go on to a website that they share, where nobody waits. */
    @Transactional
    void clearAway(String site) {
        database.createNativeMutationQuery(
                        "insert into site (id, key, name) values (:past, 'past', 'Past') on conflict do nothing")
                .setParameter("past", PAST)
                .executeUpdate();
        move("update customer set site_id = :past", site);
        move("update conversation set site_id = :past, status = 'resolved', waiting_since = null", site);
        database.createNativeMutationQuery("delete from site where key = :site")
                .setParameter("site", site)
                .executeUpdate();
    }

    private void move(String update, String site) {
        database.createNativeMutationQuery(update + " where site_id = (select id from site where key = :site)")
                .setParameter("past", PAST)
                .setParameter("site", site)
                .executeUpdate();
    }
}
