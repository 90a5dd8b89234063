package io.replyloop.routing;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.identity.Agents;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.TransactionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** The teams, which are few. One that is not needed any more is closed, since conversations remember it. */
@ApplicationScoped
@Transactional
public class Teams {
    /** More than any list can show; a limit on what a mistaken program can make. */
    private static final int MOST = 200;

    private static final String ALL = """
            select t.id, t.name, t.round_robin, t.accept_within,
                   array(select m.agent_id from team_member m where m.team_id = t.id order by m.agent_id) as members
              from team t
             where t.closed_at is null
            """;

    private final Session database;
    private final Agents agents;
    private final AuditLog audit;

    Teams(Session database, Agents agents, AuditLog audit) {
        this.database = database;
        this.agents = agents;
        this.audit = audit;
    }

    /** By name, without closed ones. */
    public List<TeamView> list() {
        return database.createNativeQuery(ALL + " order by lower(t.name), t.id", Object[].class)
                .getResultStream()
                .map(Teams::view)
                .toList();
    }

    /** Empty for one that is closed or never was. */
    public Optional<TeamView> find(UUID id) {
        return database.createNativeQuery(ALL + " and t.id = :id", Object[].class)
                .setParameter("id", id)
                .getResultStream()
                .map(Teams::view)
                .findFirst();
    }

    TeamView create(TeamSettings settings) {
        lock();
        if (list().size() >= MOST) {
            throw new Problem(
                    ProblemCode.CONFLICT, "There are " + MOST + " teams already; close one that is not needed.");
        }
        requireFreeName(settings.name(), null);
        Map<String, Object> facts = facts(settings);
        UUID id = UUID.randomUUID();
        database.createNativeMutationQuery("insert into team (id, name, round_robin, accept_within)"
                        + " values (:id, :name, :roundRobin, :acceptWithin)")
                .setParameter("id", id)
                .setParameter("name", settings.name())
                .setParameter("roundRobin", settings.roundRobin())
                .setParameter("acceptWithin", settings.acceptWithin())
                .executeUpdate();
        putMembers(id, settings.members());
        audit.record(AuditAction.TEAM_CREATED, object(id, settings.name()), AuditDetails.of(facts));
        return find(id).orElseThrow();
    }

    TeamView change(UUID id, TeamSettings settings) {
        lock();
        TeamView before = found(id);
        requireFreeName(settings.name(), id);
        AuditDetails changes = AuditDetails.between(facts(settings(before)), facts(settings));
        database.createNativeMutationQuery("update team set name = :name, round_robin = :roundRobin,"
                        + " accept_within = :acceptWithin where id = :id")
                .setParameter("id", id)
                .setParameter("name", settings.name())
                .setParameter("roundRobin", settings.roundRobin())
                .setParameter("acceptWithin", settings.acceptWithin())
                .executeUpdate();
        putMembers(id, settings.members());
        if (!changes.isEmpty()) {
            audit.record(AuditAction.TEAM_CHANGED, object(id, settings.name()), changes);
        }
        return found(id);
    }

    /** Its conversations stay where they are, and are given out as if they belonged to no team. */
    void close(UUID id) {
        lock();
        TeamView team = found(id);
        database.createNativeMutationQuery("update team set closed_at = now() where id = :id")
                .setParameter("id", id)
                .executeUpdate();
        database.createNativeMutationQuery("update site_routing set team_id = null where team_id = :id")
                .setParameter("id", id)
                .executeUpdate();
        audit.record(AuditAction.TEAM_CLOSED, object(id, team.name()), AuditDetails.none());
    }

    private TeamView found(UUID id) {
        return find(id).orElseThrow(() -> Problem.notFound("team"));
    }

    private void putMembers(UUID team, List<UUID> members) {
        UUID[] wanted = members.toArray(UUID[]::new);
        database.createNativeMutationQuery("delete from team_member where team_id = :team and agent_id <> all(:wanted)")
                .setParameter("team", team)
                .setParameter("wanted", wanted)
                .executeUpdate();
        database.createNativeMutationQuery("insert into team_member (team_id, agent_id)"
                        + " select :team, unnest(cast(:wanted as uuid[])) on conflict do nothing")
                .setParameter("team", team)
                .setParameter("wanted", wanted)
                .executeUpdate();
    }

    private void requireFreeName(String name, UUID except) {
        boolean taken = list().stream()
                .anyMatch(
                        team -> team.name().equalsIgnoreCase(name) && !team.id().equals(except));
        if (taken) {
            throw Problem.ofField(
                    ProblemCode.CONFLICT, "name", FieldRule.TAKEN, Map.of(), "There is already a team of this name.");
        }
    }

    private Map<String, Object> facts(TeamSettings settings) {
        Set<String> names = new LinkedHashSet<>();
        for (UUID member : new LinkedHashSet<>(settings.members())) {
            names.add(agents.byId(member).name());
        }
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", settings.name());
        facts.put("roundRobin", settings.roundRobin());
        facts.put("acceptWithin", settings.acceptWithin());
        facts.put("members", names.stream().sorted().toList());
        return facts;
    }

    private static TeamSettings settings(TeamView team) {
        return new TeamSettings(team.name(), team.roundRobin(), team.acceptWithin(), team.members());
    }

    /** Two admins at once: the second sees what the first has done. */
    private void lock() {
        TransactionLock.hold(database, RoutingLocks.TEAMS);
    }

    private static AuditObject object(UUID id, String name) {
        return AuditObject.of(AuditObject.Kind.TEAM, id, name);
    }

    private static TeamView view(Object[] row) {
        return new TeamView(
                (UUID) row[0], (String) row[1], (Boolean) row[2], (Integer) row[3], new ArrayList<>(List.of((UUID[])
                        row[4])));
    }
}
