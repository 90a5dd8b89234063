package io.replyloop.routing;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.virtual.threads.VirtualThreads;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationAdvanced;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.EventKind;
import io.replyloop.conversation.Handovers;
import io.replyloop.conversation.WaitingConversations;
import io.replyloop.conversation.WaitingConversations.Place;
import io.replyloop.conversation.WaitingConversations.Share;
import io.replyloop.identity.Agents;
import io.replyloop.platform.DatabaseAway;
import io.replyloop.platform.ProblemMappers;
import io.replyloop.platform.TransactionLock;
import io.replyloop.site.Hours;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.Session;

/**
 * Gives out waiting conversations in turn, where an admin has asked for it. Each is a transaction of its own under a lock
 * that holds over all nodes, and reads what there is anew: so no two nodes count the same free place, and nothing is
 * remembered that a restart could lose. What an agent has not opened in time goes to the next, or back into the queue.
 */
@ApplicationScoped
public class RoundRobin {
    /** After so many at once others get the processor; the next look goes on. */
    private static final int MOST_AT_ONCE = 500;

    /** Those who wait behind so many for whom nobody is left are looked at when these are served. */
    private static final int LOOKED_AT = 200;

    private final Session database;
    private final RoundRobin self;
    private final Availability availability;
    private final Agents agents;
    private final Offers offers;
    private final Handovers handovers;
    private final WaitingConversations conversations;
    private final Hours hours;
    private final Executor executor;
    private final AtomicBoolean underWay = new AtomicBoolean();
    private volatile boolean anyRule;

    RoundRobin(
            Session database,
            RoundRobin self,
            Availability availability,
            Agents agents,
            Offers offers,
            Handovers handovers,
            WaitingConversations conversations,
            Hours hours,
            @VirtualThreads Executor executor) {
        this.database = database;
        this.self = self;
        this.availability = availability;
        this.agents = agents;
        this.offers = offers;
        this.handovers = handovers;
        this.conversations = conversations;
        this.hours = hours;
        this.executor = executor;
    }

    /** Whoever writes does not wait for the next look. */
    void advanced(@Observes(during = TransactionPhase.AFTER_SUCCESS) ConversationAdvanced advanced) {
        ConversationEventView event = advanced.event();
        // What the team says neither makes anybody wait nor leaves anybody free.
        boolean tells = event.kind() != EventKind.NOTE
                && (event.kind() != EventKind.MESSAGE || event.author().kind() == AuthorKind.CUSTOMER);
        if (tells && anyRule && underWay.compareAndSet(false, true)) {
            executor.execute(() -> {
                underWay.set(false);
                look();
            });
        }
    }

    /** For what no event tells: somebody is there again, an offer has lapsed, a team opens. */
    @Scheduled(every = "${replyloop.routing.look:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            anyRule = self.hasWork();
            if (anyRule) {
                giveOut();
            }
        } catch (RuntimeException failure) {
            // The next look tries again.
            if (!DatabaseAway.causedBy(failure)) {
                ProblemMappers.logged(failure);
            }
        }
    }

    /** @return how many conversations have changed hands */
    int giveOut() {
        int moved = 0;
        while (moved < MOST_AT_ONCE && self.move(false)) {
            moved++;
        }
        return moved;
    }

    @Transactional
    boolean hasWork() {
        return database.createNativeQuery(
                        "select exists (select from team where round_robin and closed_at is null)"
                                + " or exists (select from site_routing where round_robin)"
                                + " or exists (select from routing_offer where until is not null)",
                        Boolean.class)
                .getSingleResult();
    }

    /**
     * Moves one conversation, if there is one to move.
     *
     * @param patient whether to wait for another node that is at it, instead of leaving it to that one
     */
    @Transactional
    boolean move(boolean patient) {
        return lock(patient) && (lapsed() || offered());
    }

    private boolean lock(boolean patient) {
        if (patient) {
            TransactionLock.hold(database, RoutingLocks.TURNS);
            return true;
        }
        return database.createNativeQuery("select pg_try_advisory_xact_lock(:key)", Boolean.class)
                .setParameter("key", RoutingLocks.TURNS)
                .getSingleResult();
    }

    private boolean lapsed() {
        Optional<Offers.Lapsed> found = offers.nextLapsed();
        if (found.isEmpty()) {
            return false;
        }
        Offers.Lapsed offer = found.get();
        boolean goesOn = handovers.goesOn(offer.conversation());
        if (!offers.lapse(offer)) {
            // Accepted at the last moment.
            return true;
        }
        Place place = conversations.place(offer.conversation());
        Optional<RoutingRule> rule = rules().stream()
                .filter(each -> place.team() != null && place.team().equals(each.team()))
                .findFirst()
                .or(() -> isOpenTeam(place.team())
                        ? Optional.empty()
                        : rules().stream()
                                .filter(each -> place.site().equals(each.site()))
                                .findFirst());
        Optional<Turn> next = rule.filter(there -> goesOn && hours.isOpen(place.site()))
                .flatMap(each -> Turn.next(turns(each, held()), offers.triedBy(offer.conversation())))
                // Somebody whose account is being closed at this moment would be left with it.
                .filter(turn -> agents.staysActive(turn.agent().id()));
        if (!handovers.takeBack(
                offer.conversation(), offer.agent(), next.map(Turn::agent).orElse(null))) {
            offers.forget(offer.conversation());
            return true;
        }
        next.ifPresent(turn -> offers.record(
                offer.conversation(), turn.agent().id(), rule.orElseThrow().acceptWithin()));
        return true;
    }

    private boolean offered() {
        Map<UUID, Long> held = held();
        for (RoutingRule rule : rules()) {
            List<Turn> turns = turns(rule, held);
            if (turns.stream().noneMatch(turn -> turn.free() > 0)) {
                continue;
            }
            List<UUID> waiting = waiting(rule);
            Map<UUID, Set<UUID>> tried = offers.triedBy(waiting);
            for (UUID conversation : waiting) {
                Optional<Turn> next = Turn.next(turns, tried.getOrDefault(conversation, Set.of()))
                        .filter(turn -> agents.staysActive(turn.agent().id()));
                if (next.isPresent() && handovers.offer(conversation, next.get().agent())) {
                    offers.record(conversation, next.get().agent().id(), rule.acceptWithin());
                    return true;
                }
            }
        }
        return false;
    }

    private List<UUID> waiting(RoutingRule rule) {
        if (rule.team() != null) {
            return conversations.ofTeam(rule.team(), closedSites(), LOOKED_AT);
        }
        return hours.isOpen(rule.site()) ? conversations.ofSite(rule.site(), openTeams(), LOOKED_AT) : List.of();
    }

    private List<RoutingRule> rules() {
        List<RoutingRule> rules = new ArrayList<>();
        database.createNativeQuery(
                        "select id, accept_within from team where round_robin and closed_at is null order by id",
                        Object[].class)
                .getResultStream()
                .forEach(row -> rules.add(new RoutingRule((UUID) row[0], null, (Integer) row[1])));
        database.createNativeQuery(
                        "select site_id, accept_within from site_routing where round_robin order by site_id",
                        Object[].class)
                .getResultStream()
                .forEach(row -> rules.add(new RoutingRule(null, (UUID) row[0], (Integer) row[1])));
        return rules;
    }

    private List<UUID> openTeams() {
        return database.createNativeQuery("select id from team where closed_at is null", UUID.class)
                .getResultList();
    }

    private boolean isOpenTeam(UUID team) {
        return team != null && openTeams().contains(team);
    }

    private List<UUID> closedSites() {
        return conversations.sitesWaiting().stream()
                .filter(site -> !hours.isOpen(site))
                .toList();
    }

    private Map<UUID, Long> held() {
        Map<UUID, Long> held = new HashMap<>();
        for (Share share : conversations.shares()) {
            if (share.agent() != null) {
                held.merge(share.agent(), share.open(), Long::sum);
            }
        }
        return held;
    }

    /** Those of the rule who are there, with what they hold. */
    private List<Turn> turns(RoutingRule rule, Map<UUID, Long> held) {
        String members = rule.team() == null
                ? ""
                : " and exists (select from team_member m where m.agent_id = a.id and m.team_id = :team)";
        var query = database.createNativeQuery(
                        "select a.id, a.name, v.capacity, v.last_offer_at from agent_availability v"
                                + " join agent_account a on a.id = v.agent_id where a.active and not v.away"
                                + " and v.seen_at >= now() - cast(:gone as interval)" + members,
                        Object[].class)
                .setParameter("gone", availability.gone());
        if (rule.team() != null) {
            query.setParameter("team", rule.team());
        }
        return query.getResultStream()
                .map(row -> new Turn(
                        new Person((UUID) row[0], (String) row[1]),
                        (Integer) row[2],
                        held.getOrDefault((UUID) row[0], 0L),
                        (Instant) row[3]))
                .toList();
    }
}
