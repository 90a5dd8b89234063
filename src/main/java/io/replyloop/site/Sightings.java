package io.replyloop.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;

/**
 * On which pages of a site its widget has been opened. The widget says where it is; the browser shows it only on pages that
 * the site allows, and here others are not noted either. Whoever calls the interface by hand can do no more than note one
 * that an admin has allowed.
 */
@ApplicationScoped
class Sightings {
    /** @param origin as the site allows it: with a star, one stands for all that it allows */
    private record Sighting(UUID site, String origin) {}

    private final Session database;

    /** Those that are stored, so that each costs one statement; there are as many as admins have allowed. */
    private final Set<Sighting> known = ConcurrentHashMap.newKeySet();

    Sightings(Session database) {
        this.database = database;
    }

    @Transactional
    void note(SiteView site, String origin) {
        if (origin == null) {
            return;
        }
        EmbeddingOrigin.among(site.allowedOrigins(), origin)
                .map(allowed -> new Sighting(site.id(), allowed))
                .filter(sighting -> !known.contains(sighting))
                .ifPresent(this::store);
    }

    private void store(Sighting sighting) {
        database.createNativeMutationQuery(
                        "insert into site_sighting (site_id, origin) values (:site, :origin) on conflict do nothing")
                .setParameter("site", sighting.site())
                .setParameter("origin", sighting.origin())
                .executeUpdate();
        known.add(sighting);
    }
}
