package io.replyloop.routing;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.People;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.hibernate.Session;

/** A team of its own with customers who wait for it, and the clock of its offers. */
@ApplicationScoped
class Waiting {
    private final People people;
    private final ConversationService conversations;
    private final Teams teams;
    private final Availability availability;
    private final Session database;

    Waiting(
            People people,
            ConversationService conversations,
            Teams teams,
            Availability availability,
            Session database) {
        this.people = people;
        this.conversations = conversations;
        this.teams = teams;
        this.availability = availability;
        this.database = database;
    }

    SignedInAgent there(int capacity) {
        SignedInAgent agent = people.agent("Agent " + UUID.randomUUID());
        availability.changeCapacity(agent.id(), capacity);
        availability.seen(List.of(agent.id()));
        return agent;
    }

    TeamView team(boolean roundRobin, Collection<SignedInAgent> members) {
        return teams.create(settings("Team " + UUID.randomUUID(), roundRobin, members));
    }

    TeamSettings settings(String name, boolean roundRobin, Collection<SignedInAgent> members) {
        return new TeamSettings(
                name, roundRobin, 600, members.stream().map(SignedInAgent::id).toList());
    }

    CustomerIdentity customerOf(UUID team) {
        CustomerIdentity customer = people.customer("Kim");
        if (team == null) {
            sql("insert into site_routing (site_id) values (?1)", customer.siteId());
        } else {
            sql("insert into site_routing (site_id, team_id) values (?1, ?2)", customer.siteId(), team);
        }
        return customer;
    }

    /** A customer who has just written to this team. */
    UUID conversation(UUID team) {
        return write(customerOf(team));
    }

    UUID write(CustomerIdentity customer) {
        return conversations
                .customerMessage(customer, UUID.randomUUID(), "Where is my parcel?")
                .event()
                .conversation();
    }

    /** As if the time of all open offers of the team were over. */
    void letLapse(UUID team) {
        sql(
                "update routing_offer o set until = now() - interval '1 second' from conversation c"
                        + " where c.id = o.conversation_id and o.until is not null and c.team_id = ?1",
                team);
    }

    List<String> holders(UUID team) {
        return QuarkusTransaction.requiringNew()
                .call(() -> database.createNativeQuery(
                                "select coalesce(cast(assignee_id as text), 'nobody') from conversation where team_id = :team"
                                        + " and status = 'open' order by created_at",
                                String.class)
                        .setParameter("team", team)
                        .getResultList());
    }

    boolean somebodyWaitsForAnAccount() {
        return QuarkusTransaction.requiringNew()
                        .call(() -> database.createNativeQuery(
                                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                                                + " and datname = current_database() and query like '%from agent_account%for share%'"
                                                + " and pid <> pg_backend_pid()",
                                        Long.class)
                                .getSingleResult())
                > 0;
    }

    void sql(String statement, UUID... values) {
        QuarkusTransaction.requiringNew().run(() -> {
            var query = database.createNativeMutationQuery(statement);
            for (int at = 0; at < values.length; at++) {
                query.setParameter(at + 1, values[at]);
            }
            query.executeUpdate();
        });
    }
}
