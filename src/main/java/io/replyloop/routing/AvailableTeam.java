package io.replyloop.routing;

import io.replyloop.site.TeamPresence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.hibernate.Session;

/**
 * Who customers of a site see before they write: whoever is there on any node, has not said to be away, and serves the site.
 * Each chat that is opened asks for them, so what is known is kept for some seconds.
 */
@ApplicationScoped
@Transactional
public class AvailableTeam implements TeamPresence {
    private static final int MOST = 20;
    private static final Duration FRESH = Duration.ofSeconds(5);

    private record Known(List<String> names, Instant at) {}

    private final Session database;
    private final Availability availability;

    // As many as there are sites: nobody asks for one that there is not.
    private final Map<UUID, Known> known = new ConcurrentHashMap<>();

    AvailableTeam(Session database, Availability availability) {
        this.database = database;
        this.availability = availability;
    }

    @Override
    public List<String> names(UUID site) {
        Known fresh = known.get(site);
        if (fresh == null || fresh.at().plus(FRESH).isBefore(Instant.now())) {
            fresh = new Known(load(site), Instant.now());
            known.put(site, fresh);
        }
        return fresh.names();
    }

    /** Where conversations of the site begin in the queue of a team, its members serve it; all others are everybody's. */
    private List<String> load(UUID site) {
        return database.createNativeQuery("""
                        with served as (
                            select t.id from site_routing r join team t on t.id = r.team_id
                             where r.site_id = :site and t.closed_at is null)
                        select a.name from agent_account a join agent_availability v on v.agent_id = a.id
                         where a.active and not v.away and v.seen_at >= now() - cast(:gone as interval)
                           and (not exists (select from served) or exists (
                               select from team_member m join served s on s.id = m.team_id where m.agent_id = a.id))
                         order by lower(a.name), a.id limit :most
                        """, String.class)
                .setParameter("site", site)
                .setParameter("gone", availability.gone())
                .setParameter("most", MOST)
                .getResultList();
    }
}
