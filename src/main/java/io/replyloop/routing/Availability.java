package io.replyloop.routing;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.conversation.WaitingConversations;
import io.replyloop.conversation.WaitingConversations.Share;
import io.replyloop.identity.Agents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Who of the team is there. Agents say whether they are available; that a console of theirs is connected, every node reports
 * of its own. What the reports say is true for all nodes and after a restart, since it is a time in the database.
 */
@ApplicationScoped
@Transactional
public class Availability {
    static final int USUAL_CAPACITY = 5;

    private final Session database;
    private final RoutingConfig config;
    private final Agents agents;
    private final WaitingConversations conversations;
    private final AuditLog audit;

    Availability(
            Session database, RoutingConfig config, Agents agents, WaitingConversations conversations, AuditLog audit) {
        this.database = database;
        this.config = config;
        this.agents = agents;
        this.conversations = conversations;
        this.audit = audit;
    }

    /**
     * Consoles of these agents are connected to this node.
     *
     * @return those of them who say that they are away
     */
    public List<UUID> seen(Collection<UUID> connected) {
        // In one order, because two nodes may report the same agents at the same time.
        UUID[] ids = connected.stream().distinct().sorted().toArray(UUID[]::new);
        database.createNativeMutationQuery("insert into agent_availability (agent_id)"
                        + " select id from unnest(cast(:ids as uuid[])) as reported (id) order by id"
                        + " on conflict do nothing")
                .setParameter("ids", ids)
                .executeUpdate();
        database.createNativeMutationQuery("""
                        with reported as (
                            select agent_id from agent_availability where agent_id = any(:ids)
                             order by agent_id for update)
                        update agent_availability v
                           set online_since = case when v.seen_at >= now() - cast(:gone as interval)
                                                   then v.online_since else now() end,
                               seen_at = now()
                          from reported r where r.agent_id = v.agent_id
                        """)
                .setParameter("ids", ids)
                .setParameter("gone", gone())
                .executeUpdate();
        return database.createNativeQuery(
                        "select agent_id from agent_availability where away and agent_id = any(:ids)", UUID.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    /** What an agent says of themselves. Whoever is available again is given again what they have let lapse. */
    public void say(UUID agent, boolean away) {
        database.createNativeMutationQuery("insert into agent_availability (agent_id, away, away_changed_at)"
                        + " values (:agent, :away, now()) on conflict (agent_id) do update"
                        + " set away = excluded.away, away_changed_at = now()"
                        + " where agent_availability.away <> excluded.away")
                .setParameter("agent", agent)
                .setParameter("away", away)
                .executeUpdate();
        if (!away) {
            database.createNativeMutationQuery("delete from routing_offer where agent_id = :agent and until is null")
                    .setParameter("agent", agent)
                    .executeUpdate();
        }
    }

    /** Everybody who may sign in: those who are available first, then by name. */
    public List<ColleagueView> colleagues() {
        Map<UUID, long[]> held = new HashMap<>();
        for (Share share : conversations.shares()) {
            if (share.agent() != null) {
                long[] sums = held.computeIfAbsent(share.agent(), id -> new long[2]);
                sums[0] += share.open();
                sums[1] += share.waiting();
            }
        }
        return database.createNativeQuery("""
                        select a.id, a.name, coalesce(v.away, false),
                               v.seen_at is not null and v.seen_at >= now() - cast(:gone as interval) as online,
                               v.away_changed_at, v.online_since, v.seen_at, coalesce(v.capacity, :usual)
                          from agent_account a
                          left join agent_availability v on v.agent_id = a.id
                         where a.active
                         order by lower(a.name), a.id
                        """, Object[].class)
                .setParameter("gone", gone())
                .setParameter("usual", USUAL_CAPACITY)
                .getResultStream()
                .map(row -> colleague(row, held.getOrDefault((UUID) row[0], new long[2])))
                .toList();
    }

    /** How many conversations an agent is given at most. */
    void changeCapacity(UUID agent, int capacity) {
        String name = agents.byId(agent).name();
        Integer before = database.createNativeQuery(
                        "select capacity from agent_availability where agent_id = :agent", Integer.class)
                .setParameter("agent", agent)
                .getResultStream()
                .findFirst()
                .orElse(USUAL_CAPACITY);
        if (before == capacity) {
            return;
        }
        database.createNativeMutationQuery("insert into agent_availability (agent_id, capacity)"
                        + " values (:agent, :capacity) on conflict (agent_id) do update"
                        + " set capacity = excluded.capacity")
                .setParameter("agent", agent)
                .setParameter("capacity", capacity)
                .executeUpdate();
        audit.record(
                AuditAction.ACCOUNT_CHANGED,
                AuditObject.of(AuditObject.Kind.ACCOUNT, agent, name),
                AuditDetails.between(Map.of("capacity", before), Map.of("capacity", capacity)));
    }

    /** How long ago a node must have seen an agent, as PostgreSQL writes it. */
    String gone() {
        return config.offlineAfter().toMillis() + " milliseconds";
    }

    private static ColleagueView colleague(Object[] row, long[] held) {
        boolean away = (Boolean) row[2];
        boolean online = (Boolean) row[3];
        Instant changed = (Instant) row[4];
        Instant onlineSince = (Instant) row[5];
        Instant seen = (Instant) row[6];
        AgentState state = online ? away ? AgentState.AWAY : AgentState.AVAILABLE : AgentState.OFFLINE;
        return new ColleagueView(
                (UUID) row[0],
                (String) row[1],
                state,
                online ? later(changed, onlineSince) : seen,
                held[0],
                held[1],
                (Integer) row[7]);
    }

    private static Instant later(Instant one, Instant other) {
        return one != null && one.isAfter(other) ? one : other;
    }
}
