package io.replyloop.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationEventView;
import io.replyloop.conversation.ConversationService;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.EventKind;
import io.replyloop.identity.Agents;
import io.replyloop.identity.BlockedCustomers;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.SignedInAgent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The application's own look each second goes on beside these, as another node would. */
@QuarkusTest
class RoundRobinTest {
    @Inject
    RoundRobin turns;

    @Inject
    Offers offers;

    @Inject
    Availability availability;

    @Inject
    Agents agents;

    @Inject
    ConversationService conversations;

    @Inject
    BlockedCustomers blocked;

    @Inject
    Teams teams;

    @Inject
    Waiting waiting;

    private TeamView team;

    @AfterEach
    void noMoreTurns() {
        teams.close(team.id());
    }

    private List<SignedInAgent> teamOf(int size, int capacity) {
        List<SignedInAgent> members = IntStream.range(0, size)
                .mapToObj(each -> waiting.there(capacity))
                .toList();
        team = waiting.team(true, members);
        return members;
    }

    /** Three at once, as on three nodes, and then until there is nothing left to move. */
    private void giveOut() {
        List<CompletableFuture<Integer>> nodes = IntStream.range(0, 3)
                .mapToObj(node -> CompletableFuture.supplyAsync(turns::giveOut))
                .toList();
        int moved = nodes.stream().mapToInt(CompletableFuture::join).sum();
        while (turns.move(true)) {
            moved++;
        }
        assertThat(moved).isLessThan(100);
    }

    private String holder(UUID conversation) {
        var holder = conversations.summary(conversation).assignee();
        return holder == null ? "nobody" : holder.id().toString();
    }

    private long held(SignedInAgent agent) {
        return waiting.holders(team.id()).stream()
                .filter(agent.id().toString()::equals)
                .count();
    }

    @Test
    void conversations_go_in_turn_to_those_with_room_and_the_rest_waits() {
        List<SignedInAgent> members = teamOf(3, 2);
        IntStream.range(0, 4).forEach(each -> waiting.conversation(team.id()));
        giveOut();
        assertThat(members.stream().map(this::held)).as("fair within one").containsOnly(1L, 2L);

        IntStream.range(0, 4).forEach(each -> waiting.conversation(team.id()));
        giveOut();

        assertThat(members).allSatisfy(member -> assertThat(held(member)).isEqualTo(2));
        List<String> holders = waiting.holders(team.id());
        assertThat(holders.subList(6, 8)).as("the newest").containsOnly("nobody");
    }

    @Test
    void a_conversation_that_is_not_opened_goes_to_the_next_and_then_back_into_the_queue() {
        List<SignedInAgent> members = teamOf(2, 5);
        UUID conversation = waiting.conversation(team.id());
        giveOut();
        String first = holder(conversation);
        assertThat(members).extracting(member -> member.id().toString()).contains(first);

        waiting.letLapse(team.id());
        giveOut();
        String second = holder(conversation);
        assertThat(second).isNotIn(first, "nobody");

        waiting.letLapse(team.id());
        giveOut();
        assertThat(holder(conversation)).isEqualTo("nobody");
        List<ConversationEventView> events = conversations.eventsAfter(conversation, 1, 100);
        assertThat(events).hasSize(3).allSatisfy(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.ASSIGNEE);
            assertThat(event.author().kind()).isEqualTo(AuthorKind.SYSTEM);
        });

        availability.say(UUID.fromString(first), false);
        giveOut();
        assertThat(holder(conversation))
                .as("who is available again is asked again")
                .isEqualTo(first);
    }

    @Test
    void what_somebody_puts_back_does_not_come_back_to_them() {
        List<SignedInAgent> members = teamOf(2, 5);
        UUID conversation = waiting.conversation(team.id());
        giveOut();
        String first = holder(conversation);

        release(conversation);
        giveOut();
        String second = holder(conversation);
        assertThat(second).isNotIn(first, "nobody");

        release(conversation);
        giveOut();
        assertThat(holder(conversation)).isEqualTo("nobody");

        SignedInAgent somebody = members.get(0);
        conversations.take(somebody, conversation, UUID.randomUUID());
        conversations.changeStatus(somebody, conversation, UUID.randomUUID(), ConversationStatus.RESOLVED, null);
        assertThat(offers.triedBy(conversation)).as("it begins anew").isEmpty();
    }

    private void release(UUID conversation) {
        SignedInAgent holder = agents.byId(UUID.fromString(holder(conversation)));
        conversations.release(holder, conversation, UUID.randomUUID());
    }

    @Test
    void of_a_customer_who_was_blocked_meanwhile_nobody_else_is_given_the_conversation() {
        List<SignedInAgent> members = teamOf(2, 5);
        CustomerIdentity threat = waiting.customerOf(team.id());
        UUID conversation = waiting.write(threat);
        giveOut();
        assertThat(holder(conversation)).isNotEqualTo("nobody");

        blocked.block(threat.id(), members.get(0), "Threats");
        waiting.letLapse(team.id());
        giveOut();

        assertThat(holder(conversation)).isEqualTo("nobody");
    }

    @Test
    void what_was_opened_or_answered_stays() {
        SignedInAgent member = teamOf(1, 5).get(0);
        UUID opened = waiting.conversation(team.id());
        UUID answered = waiting.conversation(team.id());
        UUID taken = waiting.conversation(team.id());
        giveOut();
        offers.accepted(member.id(), opened);
        conversations.take(member, taken, UUID.randomUUID());
        conversations.agentMessage(member, answered, UUID.randomUUID(), "It is on its way.", null);

        waiting.letLapse(team.id());
        giveOut();

        assertThat(List.of(holder(opened), holder(answered), holder(taken)))
                .containsOnly(member.id().toString());
    }

    @Test
    void what_the_application_gives_an_agent_does_not_hold_back_their_answer() {
        SignedInAgent member = teamOf(1, 5).get(0);
        UUID conversation = waiting.conversation(team.id());
        giveOut();

        conversations.agentMessage(member, conversation, UUID.randomUUID(), "It is on its way.", 1L);

        assertThat(conversations.summary(conversation).lastAuthor()).isEqualTo(AuthorKind.AGENT);
    }

    @Test
    void nothing_is_given_to_those_who_are_away_or_gone_nor_of_blocked_customers_or_while_closed() {
        List<SignedInAgent> members = teamOf(3, 5);
        availability.say(members.get(0).id(), true);
        waiting.sql(
                "update agent_availability set seen_at = now() - interval '1 hour' where agent_id = ?1",
                members.get(1).id());
        CustomerIdentity threat = waiting.customerOf(team.id());
        availability.say(members.get(2).id(), true);
        UUID ofBlocked = waiting.write(threat);
        blocked.block(threat.id(), members.get(0), "Threats");
        CustomerIdentity late = waiting.customerOf(team.id());
        waiting.sql(
                "insert into site_hours (site_id, hours) select ?1, jsonb_build_object('limited', true, 'timeZone', 'UTC',"
                        + " 'weekly', cast('[]' as jsonb), 'holidays', cast('[]' as jsonb))",
                late.siteId());
        UUID whileClosed = waiting.write(late);
        UUID usual = waiting.conversation(team.id());

        giveOut();
        assertThat(waiting.holders(team.id())).hasSize(3).containsOnly("nobody");

        availability.say(members.get(2).id(), false);
        giveOut();
        assertThat(holder(usual)).isEqualTo(members.get(2).id().toString());
        assertThat(List.of(holder(ofBlocked), holder(whileClosed))).containsOnly("nobody");
    }

    @Test
    void a_site_without_a_team_gives_to_whoever_is_there_only_if_it_is_asked_to() {
        teamOf(1, 5);
        UUID conversation = waiting.conversation(null);
        giveOut();
        assertThat(holder(conversation)).isEqualTo("nobody");

        waiting.sql(
                "update site_routing set round_robin = true where site_id = (select site_id from conversation"
                        + " where id = ?1)",
                conversation);
        giveOut();

        assertThat(holder(conversation)).isNotEqualTo("nobody");
        waiting.sql(
                "update site_routing set round_robin = false where site_id = (select site_id from conversation"
                        + " where id = ?1)",
                conversation);
    }

    /** Whatever happens in whatever order. */
    @Test
    void nobody_gets_more_than_they_can_take_and_nobody_is_forgotten() {
        Random random = new Random(7);
        Map<SignedInAgent, Integer> capacities = new HashMap<>();
        IntStream.range(0, 4).forEach(each -> {
            int capacity = 1 + random.nextInt(3);
            capacities.put(waiting.there(capacity), capacity);
        });
        List<SignedInAgent> members = new ArrayList<>(capacities.keySet());
        team = waiting.team(true, members);
        Map<SignedInAgent, Boolean> away = new HashMap<>();
        List<UUID> all = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            int arrivals = random.nextInt(4);
            for (int each = 0; each < arrivals; each++) {
                all.add(waiting.conversation(team.id()));
            }
            SignedInAgent somebody = members.get(random.nextInt(members.size()));
            switch (random.nextInt(4)) {
                case 0 -> {
                    away.merge(somebody, true, (was, now) -> !was);
                    availability.say(somebody.id(), away.get(somebody));
                }
                case 1 -> waiting.letLapse(team.id());
                case 2 ->
                    all.stream()
                            .filter(id -> holder(id).equals(somebody.id().toString()))
                            .findFirst()
                            .ifPresent(id -> conversations.changeStatus(
                                    somebody, id, UUID.randomUUID(), ConversationStatus.RESOLVED, null));
                default ->
                    all.stream()
                            .filter(id -> holder(id).equals(somebody.id().toString()))
                            .forEach(id -> offers.accepted(somebody.id(), id));
            }
            giveOut();
            members.forEach(member -> assertThat(held(member)).isLessThanOrEqualTo(capacities.get(member)));
        }
        members.forEach(member -> availability.say(member.id(), false));
        giveOut();
        long free = members.stream()
                .mapToLong(member -> capacities.get(member) - held(member))
                .sum();
        long queued =
                waiting.holders(team.id()).stream().filter("nobody"::equals).count();
        assertThat(free == 0 || queued == 0)
                .as("%d free places, %d in the queue", free, queued)
                .isTrue();
        assertThat(all).allSatisfy(id -> assertThat(assignedTwice(id)).isFalse());
    }

    /** Whether the application gave it to somebody who had it at that moment. */
    private boolean assignedTwice(UUID conversation) {
        UUID holder = null;
        for (ConversationEventView event : conversations.eventsAfter(conversation, 0, 1_000)) {
            if (event.kind() == EventKind.ASSIGNEE) {
                if (event.assigneeId() != null && event.assigneeId().equals(holder)) {
                    return true;
                }
                holder = event.assigneeId();
            }
        }
        return false;
    }
}
