package io.replyloop.routing;

import io.replyloop.site.TeamPresence;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import org.hibernate.Session;

/** Who customers see before they write: whoever is there on any node, and has not said to be away. */
@ApplicationScoped
@Transactional
public class AvailableTeam implements TeamPresence {
    private static final int MOST = 20;

    private final Session database;
    private final Availability availability;

    AvailableTeam(Session database, Availability availability) {
        this.database = database;
        this.availability = availability;
    }

    @Override
    public List<String> names() {
        return database.createNativeQuery("""
                        select a.name from agent_account a join agent_availability v on v.agent_id = a.id
                         where a.active and not v.away and v.seen_at >= now() - cast(:gone as interval)
                         order by lower(a.name), a.id limit :most
                        """, String.class)
                .setParameter("gone", availability.gone())
                .setParameter("most", MOST)
                .getResultList();
    }
}
