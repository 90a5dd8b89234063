package io.replyloop.browser;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * What a test leaves behind. The websites and the waiting customers of all tests before would otherwise be on the pages of
 * each one after them, which took longer and longer to draw.
 */
@ApplicationScoped
class Leftovers {
    private static final Logger LOG = Logger.getLogger(Leftovers.class);
    private static final int ATTEMPTS = 5;
    private static final UUID PAST = UUID.fromString("7a1e0000-0000-4000-8000-000000000009");

    private final Session database;

    Leftovers(Session database) {
        this.database = database;
    }

    /**
     * Customers and conversations go on to a website that they share, where nobody waits. What a page had sent before it
     * was closed may arrive between two statements, or lock what they change; then they begin anew.
     */
    void clearAway(String site) {
        for (int left = ATTEMPTS - 1; ; left--) {
            try {
                QuarkusTransaction.requiringNew().run(() -> moveAll(site));
                return;
            } catch (RuntimeException arrived) {
                if (left == 0) {
                    throw arrived;
                }
                LOG.infof("What was left of %s is cleared away once more: %s", site, arrived.getMessage());
            }
        }
    }

    private void moveAll(String site) {
        database.createNativeMutationQuery(
                        "insert into site (id, key, name) values (:past, 'past', 'Past') on conflict do nothing")
                .setParameter("past", PAST)
                .executeUpdate();
        run(
                "delete from blocked_customer where customer_id in (select c.id from customer c join site s on s.id = c.site_id"
                        + " where s.key = :site)",
                site);
        // Two tests may have signed the same id.
        move("update customer set site_id = :past, external_id = null", site);
        move("update conversation set site_id = :past, status = 'resolved', waiting_since = null", site);
        run("delete from site where key = :site", site);
    }

    private void run(String statement, String site) {
        database.createNativeMutationQuery(statement).setParameter("site", site).executeUpdate();
    }

    private void move(String update, String site) {
        database.createNativeMutationQuery(update + " where site_id = (select id from site where key = :site)")
                .setParameter("past", PAST)
                .setParameter("site", site)
                .executeUpdate();
    }
}
