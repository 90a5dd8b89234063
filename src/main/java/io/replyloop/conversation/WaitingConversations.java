package io.replyloop.conversation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Who waits for an agent, and how much each agent has: what giving out conversations in turn goes by. */
@ApplicationScoped
@Transactional
public class WaitingConversations {
    /**
     * Whether somebody waits for the team in a conversation, and the only place that says so: in nothing that is put off, spam,
     * or of a blocked customer, who is not waited upon and keeps nobody else waiting.
     */
    private static final String WAITING = "c.status = 'open' and c.waiting_since is not null"
            + " and c.snoozed_until is null and not c.spam"
            + " and not exists (select from blocked_customer b where b.customer_id = c.customer_id)";

    /** Whether a conversation may be given out. */
    static final String ROUTABLE = WAITING + " and c.assignee_id is null";

    private final EntityManager entities;

    WaitingConversations(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * How much there is: open conversations that are neither put off nor spam, by who holds them and to which team they belong.
     *
     * @param agent null for nobody
     * @param team null for none
     * @param waiting in how many of them the customer waits, not counting blocked ones
     * @param longest since when the one waits who has waited longest; null when nobody waits
     */
    public record Share(UUID agent, UUID team, long open, long waiting, Instant longest) {}

    /** The team and the site of a conversation; the team is null for none. */
    public record Place(UUID site, UUID team) {}

    boolean isRoutable(UUID conversation) {
        return is(conversation, ROUTABLE);
    }

    boolean isWaiting(UUID conversation) {
        return is(conversation, WAITING);
    }

    private boolean is(UUID conversation, String condition) {
        entities.flush();
        return !entities.createNativeQuery(
                        "select 1 from conversation c where c.id = :id and " + condition, Integer.class)
                .setParameter("id", conversation)
                .getResultList()
                .isEmpty();
    }

    public Place place(UUID conversation) {
        Tuple row = (Tuple)
                entities.createNativeQuery("select site_id, team_id from conversation where id = :id", Tuple.class)
                        .setParameter("id", conversation)
                        .getSingleResult();
        return new Place(row.get("site_id", UUID.class), row.get("team_id", UUID.class));
    }

    /** Those that wait in the queue of a team, the longest first. */
    public List<UUID> ofTeam(UUID team, List<UUID> closedSites, int most) {
        return ids(entities.createNativeQuery(
                        "select c.id from conversation c where " + ROUTABLE + " and c.team_id = :team"
                                + " and c.site_id <> all(:closed) order by c.waiting_since, c.id limit :most",
                        UUID.class)
                .setParameter("team", team)
                .setParameter("closed", closedSites.toArray(UUID[]::new))
                .setParameter("most", most)
                .getResultList());
    }

    /** Those of a site that wait in the queue of no team, the longest first. */
    public List<UUID> ofSite(UUID site, List<UUID> openTeams, int most) {
        return ids(entities.createNativeQuery(
                        "select c.id from conversation c where " + ROUTABLE + " and c.site_id = :site"
                                + " and (c.team_id is null or c.team_id <> all(:teams))"
                                + " order by c.waiting_since, c.id limit :most",
                        UUID.class)
                .setParameter("site", site)
                .setParameter("teams", openTeams.toArray(UUID[]::new))
                .setParameter("most", most)
                .getResultList());
    }

    /** The sites in which somebody waits for an agent. */
    public List<UUID> sitesWaiting() {
        return ids(entities.createNativeQuery(
                        "select distinct c.site_id from conversation c where " + ROUTABLE, UUID.class)
                .getResultList());
    }

    public List<Share> shares() {
        List<Share> shares = new ArrayList<>();
        List<?> rows = entities.createNativeQuery("""
                        select c.assignee_id, c.team_id, count(*) as open,
                               count(*) filter (where c.waiting_since is not null and b.customer_id is null) as waiting,
                               min(c.waiting_since) filter (where b.customer_id is null) as longest
                          from conversation c
                          left join blocked_customer b on b.customer_id = c.customer_id
                         where c.status = 'open' and c.snoozed_until is null and not c.spam
                         group by c.assignee_id, c.team_id
                        """, Tuple.class).getResultList();
        for (Object each : rows) {
            Tuple row = (Tuple) each;
            shares.add(new Share(
                    row.get("assignee_id", UUID.class),
                    row.get("team_id", UUID.class),
                    row.get("open", Long.class),
                    row.get("waiting", Long.class),
                    row.get("longest", Instant.class)));
        }
        return shares;
    }

    /** Those whose customers wait longest, whoever holds them. */
    public List<UUID> longest(int most) {
        return ids(entities.createNativeQuery(
                        "select c.id from conversation c where " + WAITING
                                + " order by c.waiting_since, c.id limit :most",
                        UUID.class)
                .setParameter("most", most)
                .getResultList());
    }

    private static List<UUID> ids(List<?> rows) {
        return rows.stream().map(UUID.class::cast).toList();
    }
}
