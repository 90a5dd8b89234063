package io.replyloop.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.replyloop.conversation.AuthorKind;
import io.replyloop.conversation.ConversationCounts;
import io.replyloop.conversation.ConversationStatus;
import io.replyloop.conversation.ConversationSummary;
import io.replyloop.conversation.ConversationSummary.Customer;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.conversation.InboxCensus;
import io.replyloop.conversation.Triage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class InboxCountsTest {
    private static final Instant CENSUS = Instant.parse("2026-03-02T09:15:30Z");
    private static final UUID ADA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();
    private static final Triage SNOOZED = new Triage(List.of(), null, CENSUS, null, null, null, List.of(), List.of());
    private static final Triage SPAM = new Triage(List.of(), null, null, true, null, null, List.of(), List.of());
    private static final Triage NAMES_BOTH =
            new Triage(List.of(), null, null, null, null, null, List.of(ADA, BEN), List.of(ADA, BEN));
    private static final Triage NAMES_ADA =
            new Triage(List.of(), null, null, null, null, null, List.of(ADA, BEN), List.of(ADA));

    private static ConversationSummary summary(
            UUID id, ConversationStatus status, UUID assignee, boolean waiting, Instant createdAt) {
        return summary(id, status, assignee, waiting, createdAt, null);
    }

    private static ConversationSummary summary(
            UUID id, ConversationStatus status, UUID assignee, boolean waiting, Instant createdAt, Triage triage) {
        Person person = assignee == null ? null : new Person(assignee, "Somebody");
        return new ConversationSummary(
                id,
                status,
                new Customer(UUID.randomUUID(), null, null),
                person,
                1,
                "",
                AuthorKind.CUSTOMER,
                CENSUS,
                waiting ? CENSUS : null,
                createdAt,
                null,
                null,
                triage,
                null);
    }

    private static ConversationCounts counted(Iterable<ConversationSummary> all, UUID agent) {
        long mine = 0;
        long unassigned = 0;
        long open = 0;
        long resolved = 0;
        long waiting = 0;
        long snoozed = 0;
        long spam = 0;
        long mentions = 0;
        for (ConversationSummary each : all) {
            if (each.isSpam()) {
                spam++;
                continue;
            }
            mentions += each.mentionUnread().contains(agent) ? 1 : 0;
            if (each.status() == ConversationStatus.RESOLVED) {
                resolved++;
                continue;
            }
            if (each.isSnoozed()) {
                snoozed++;
                continue;
            }
            UUID assignee = each.assignee() == null ? null : each.assignee().id();
            open++;
            unassigned += assignee == null ? 1 : 0;
            mine += agent.equals(assignee) ? 1 : 0;
            waiting += each.waitingSince() != null && (assignee == null || assignee.equals(agent)) ? 1 : 0;
        }
        return new ConversationCounts(mine, unassigned, open, resolved, waiting, snoozed, spam, mentions);
    }

    @Test
    void a_conversation_that_may_have_been_uncommitted_during_the_census_requires_another_one() {
        InboxCounts counts = new InboxCounts();
        counts.reset(new InboxCensus(CENSUS, List.of(), 7, List.of()));
        Instant justBefore = CENSUS.minusSeconds(2);

        assertThat(counts.update(summary(UUID.randomUUID(), ConversationStatus.OPEN, ADA, true, justBefore)))
                .isFalse();
        assertThat(counts.update(
                        summary(UUID.randomUUID(), ConversationStatus.OPEN, ADA, true, CENSUS.minusSeconds(3600))))
                .isTrue();
        assertThat(counts.update(summary(UUID.randomUUID(), ConversationStatus.OPEN, ADA, true, CENSUS.plusSeconds(1))))
                .isTrue();
    }

    @Test
    void ten_thousand_updates_give_the_same_counts_as_a_new_census() {
        Random random = new Random(7);
        Map<UUID, ConversationSummary> all = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            UUID id = new UUID(0, i);
            all.put(id, changed(id, random, CENSUS.minusSeconds(i)));
        }
        List<InboxCensus.Unresolved> unresolved = new ArrayList<>();
        all.values().stream()
                .filter(each -> each.status() == ConversationStatus.OPEN || each.isSpam())
                .forEach(each -> unresolved.add(new InboxCensus.Unresolved(
                        each.id(),
                        each.assignee() == null ? null : each.assignee().id(),
                        each.waitingSince() != null,
                        each.isSnoozed(),
                        each.isSpam())));
        List<InboxCensus.Mention> mentions = all.values().stream()
                .filter(each -> !each.isSpam() && !each.mentionUnread().isEmpty())
                .map(each -> new InboxCensus.Mention(each.id(), each.mentionUnread()))
                .toList();
        InboxCounts counts = new InboxCounts();
        counts.reset(new InboxCensus(CENSUS, unresolved, all.size() - unresolved.size(), mentions));
        assertThat(counts.of(ADA)).isEqualTo(counted(all.values(), ADA));

        for (int i = 0; i < 10_000; i++) {
            UUID id = new UUID(0, random.nextInt(300));
            Instant created = all.containsKey(id) ? all.get(id).createdAt() : CENSUS.plusSeconds(i + 1);
            ConversationSummary now = changed(id, random, created);
            all.put(id, now);
            counts.update(now);
            counts.update(now);
        }

        assertThat(counts.of(ADA)).isEqualTo(counted(all.values(), ADA));
        assertThat(counts.of(BEN)).isEqualTo(counted(all.values(), BEN));
    }

    private static ConversationSummary changed(UUID id, Random random, Instant createdAt) {
        UUID assignee = new UUID[] {null, ADA, BEN}[random.nextInt(3)];
        ConversationStatus status = random.nextBoolean() ? ConversationStatus.OPEN : ConversationStatus.RESOLVED;
        Triage triage = new Triage[] {null, null, null, SNOOZED, SPAM, NAMES_BOTH, NAMES_ADA}[random.nextInt(7)];
        return summary(id, status, assignee, random.nextBoolean(), createdAt, triage);
    }
}
