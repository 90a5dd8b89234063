package io.replyloop.routing;

import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.Handovers;
import io.replyloop.conversation.WaitingConversations;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.hibernate.Session;

/** Where the new conversations of each site go. */
@ApplicationScoped
@Transactional
public class SiteRoutings {
    private final Session database;
    private final Sites sites;
    private final Teams teams;
    private final Handovers handovers;
    private final WaitingConversations conversations;
    private final AuditLog audit;

    SiteRoutings(
            Session database,
            Sites sites,
            Teams teams,
            Handovers handovers,
            WaitingConversations conversations,
            AuditLog audit) {
        this.database = database;
        this.sites = sites;
        this.teams = teams;
        this.handovers = handovers;
        this.conversations = conversations;
        this.audit = audit;
    }

    /** A conversation that begins goes into the queue of its site's team. */
    void begun(@Observes ConversationAdvanced advanced) {
        ConversationEventView event = advanced.event();
        if (event.sequence() == 1) {
            UUID team = stored(conversations.place(event.conversation()).site()).team();
            if (team != null) {
                handovers.begin(event.conversation(), team);
            }
        }
    }

    SiteRouting settings(UUID site) {
        sites.object(site);
        return stored(site);
    }

    SiteRouting change(UUID site, SiteRouting wanted) {
        AuditObject object = sites.object(site);
        if (wanted.team() != null && teams.find(wanted.team()).isEmpty()) {
            throw Problem.ofField("team", FieldRule.MALFORMED, "There is no such team any more; choose another one.");
        }
        AuditDetails changes = AuditDetails.between(facts(stored(site)), facts(wanted));
        database.createNativeMutationQuery("insert into site_routing (site_id, team_id, round_robin, accept_within)"
                        + " values (:site, cast(:team as uuid), :roundRobin, :acceptWithin)"
                        + " on conflict (site_id) do update set team_id = excluded.team_id,"
                        + " round_robin = excluded.round_robin, accept_within = excluded.accept_within")
                .setParameter("site", site)
                .setParameter(
                        "team", wanted.team() == null ? null : wanted.team().toString())
                .setParameter("roundRobin", wanted.roundRobin())
                .setParameter("acceptWithin", wanted.acceptWithin())
                .executeUpdate();
        if (!changes.isEmpty()) {
            audit.record(AuditAction.SITE_CHANGED, object, changes);
        }
        return stored(site);
    }

    private SiteRouting stored(UUID site) {
        return database.createNativeQuery(
                        "select team_id, round_robin, accept_within from site_routing where site_id = :site",
                        Object[].class)
                .setParameter("site", site)
                .getResultStream()
                .map(row -> new SiteRouting((UUID) row[0], (Boolean) row[1], (Integer) row[2]))
                .findFirst()
                .orElse(SiteRouting.NONE);
    }

    private Map<String, Object> facts(SiteRouting routing) {
        Map<String, Object> facts = new LinkedHashMap<>();
        if (routing.team() != null) {
            facts.put("team", teams.find(routing.team()).map(TeamView::name).orElse(null));
        }
        facts.put("roundRobin", routing.roundRobin());
        facts.put("acceptWithin", routing.acceptWithin());
        return facts;
    }
}
