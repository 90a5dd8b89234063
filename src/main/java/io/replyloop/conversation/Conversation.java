package io.replyloop.conversation;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/**
 * A customer's conversation. It begins with the customer's first message and waits in the queue until an agent takes
 * it; agents answer, note, resolve; and when the customer writes once more it opens again, unless they begin another one:
 * of a customer's conversations one at most is current, and the earlier ones are there to be read. Everything that happens is an event with the next number, which is why nobody may change a conversation
 * without holding the lock of its row: it is only ever loaded under that lock.
 */
@Entity
@DynamicUpdate
class Conversation extends PanacheEntityBase {
    @Id
    UUID id;

    @Column(name = "site_id", nullable = false, updatable = false)
    UUID siteId;

    @Column(name = "customer_id", nullable = false, updatable = false)
    UUID customerId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    ConversationStatus status;

    @Column(name = "assignee_id")
    UUID assigneeId;

    /** Whose queue it stands in, whoever holds it; null for none. */
    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "last_sequence", nullable = false)
    long lastSequence;

    @Column(name = "last_public_sequence", nullable = false)
    long lastPublicSequence;

    @Column(name = "customer_read", nullable = false)
    long customerRead;

    @Column(name = "agent_read", nullable = false)
    long agentRead;

    @Column(name = "last_text", nullable = false)
    String lastText;

    @Enumerated(EnumType.STRING)
    @Column(name = "last_author", nullable = false)
    AuthorKind lastAuthor;

    @Column(name = "waiting_since")
    Instant waitingSince;

    /** Whether the customer waits since a time at which nobody was there. */
    @Column(name = "outside_hours", nullable = false)
    boolean outsideHours;

    @Column(name = "begun_outside_hours", nullable = false)
    boolean begunOutsideHours;

    /** False for good once the customer has begun another one. */
    @Column(nullable = false)
    boolean current;

    /** Another program keeps it, see {@link OutsideConversations}. */
    @Column(nullable = false, insertable = false, updatable = false)
    boolean elsewhere;

    /** Ids; the order is that in which they were added. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(nullable = false)
    UUID[] labels;

    /** A level, see {@link Priority}. */
    @Column(nullable = false)
    short priority;

    @Column(name = "snoozed_until")
    Instant snoozedUntil;

    @Column(nullable = false)
    boolean spam;

    @Column(name = "last_customer_sequence", nullable = false)
    long lastCustomerSequence;

    /** Agents whom notes name. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(nullable = false)
    UUID[] mentioned;

    /** Those of them who have not seen the newest such note. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "mention_unread", nullable = false)
    UUID[] mentionUnread;

    @Column(name = "last_mention_sequence", nullable = false)
    long lastMentionSequence;

    /** Of what the customer wrote last, as far as it can be told. */
    String language;

    @Column(name = "created_at", nullable = false, updatable = false)
    Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    Instant updatedAt;

    /** For an act; what another program keeps stands still here. */
    static Conversation locked(UUID id) {
        Conversation found = Conversation.<Conversation>findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                .orElseThrow(() -> Problem.notFound("conversation"));
        if (found.elsewhere) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This conversation is in another desk: nothing can be written in it or changed here.");
        }
        return found;
    }

    /** @param which one of the customer's; null for the current one */
    static Optional<Conversation> lockedOfCustomer(UUID customerId, UUID which) {
        return which == null
                ? lockedOfCustomer(customerId)
                : Conversation.<Conversation>find("customerId = ?1 and id = ?2", customerId, which)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .firstResultOptional();
    }

    /** The current one. */
    static Optional<Conversation> lockedOfCustomer(UUID customerId) {
        return Conversation.<Conversation>find("customerId = ?1 and current", customerId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /** All of them, the oldest first and the current one last. */
    static List<Conversation> allLockedOfCustomer(UUID customerId) {
        return Conversation.<Conversation>find("customerId = ?1 order by createdAt, id", customerId)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /** The id of one between these two; nothing else of it is loaded. */
    static Optional<UUID> startingWith(UUID lowest, UUID highest) {
        return getEntityManager()
                .createQuery("select id from Conversation where id between :lowest and :highest", UUID.class)
                .setParameter("lowest", lowest)
                .setParameter("highest", highest)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Whether the customer's mark would move. Looked at without the lock, since most that come say nothing new. */
    static boolean customerReadWouldMove(UUID customerId, UUID which, long publicSequence) {
        String moves = "customerId = ?1 and customerRead < ?2 and customerRead < lastPublicSequence";
        long moving = which == null
                ? count(moves + " and current", customerId, publicSequence)
                : count(moves + " and id = ?3", customerId, publicSequence, which);
        return moving > 0;
    }

    ConversationEvent message(Author author, UUID clientId, MessageContent content, List<AttachmentView> attachments) {
        ConversationEvent event = next(EventKind.MESSAGE, author, clientId);
        event.carry(content, attachments);
        lastText = content.preview(attachments);
        lastAuthor = author.kind();
        if (author.kind() == AuthorKind.AGENT) {
            endWait();
            return event;
        }
        if (waitingSince == null) {
            waitingSince = event.createdAt;
        }
        lastCustomerSequence = event.sequence;
        language = ConversationLanguage.after(language, content.text());
        // Whoever writes is not put off any more.
        snoozedUntil = null;
        return event;
    }

    /** What the customer writes next is written while nobody is there. Somebody who waits already has been told when. */
    void outsideHours() {
        outsideHours |= waitingSince == null;
        begunOutsideHours |= lastSequence == 0;
    }

    private void endWait() {
        waitingSince = null;
        outsideHours = false;
    }

    ConversationEvent note(
            Author author,
            UUID clientId,
            MessageContent content,
            List<AttachmentView> attachments,
            List<Person> named) {
        ConversationEvent event = next(EventKind.NOTE, author, clientId);
        event.carry(content, attachments);
        if (!named.isEmpty()) {
            event.mention(named);
            List<UUID> ids = named.stream().map(Person::id).toList();
            mentioned = with(mentioned, ids.stream());
            // Nobody has to be told of their own words.
            mentionUnread = with(mentionUnread, ids.stream().filter(id -> !id.equals(author.id())));
            lastMentionSequence = event.sequence;
        }
        return event;
    }

    private static UUID[] with(UUID[] some, Stream<UUID> more) {
        return Stream.concat(Stream.of(some), more).distinct().toArray(UUID[]::new);
    }

    ConversationEvent status(Author author, UUID clientId, ConversationStatus changed) {
        ConversationEvent event = next(EventKind.STATUS, author, clientId);
        event.status = changed;
        status = changed;
        if (changed == ConversationStatus.RESOLVED) {
            endWait();
            snoozedUntil = null;
        }
        return event;
    }

    /** What makes it so; null where nothing changes. */
    ConversationEvent changed(Assignment now, SignedInAgent by, UUID clientId, String holderName) {
        boolean changes = !Objects.equals(now.holder(), assigneeId);
        return changes ? assignment(Author.of(by), clientId, now.holder(), holderName) : null;
    }

    ConversationEvent assignment(Author author, UUID clientId, UUID holder, String holderName) {
        ConversationEvent event = next(EventKind.ASSIGNEE, author, clientId);
        event.assigneeId = holder;
        event.assigneeName = holderName;
        assigneeId = holder;
        return event;
    }

    ConversationEvent handover(Author author, UUID clientId, Handover to) {
        Person holder = to.holder();
        ConversationEvent event = assignment(
                author, clientId, holder == null ? null : holder.id(), holder == null ? null : holder.name());
        if (to.changesTeam()) {
            teamId = to.team() == null ? null : to.team().id();
            event.teamId = teamId;
            event.teamName = to.team() == null ? null : to.team().name();
        }
        return event;
    }

    /** Nobody hears what is said where the customer is no more. */
    void requireCurrent() {
        if (!current) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "The customer has begun another conversation since; open that one to answer.");
        }
    }

    /** Null where it is as the act would have it already. */
    ConversationEvent act(Author author, UUID clientId, InboxAct act) {
        if (!apply(act)) {
            return null;
        }
        ConversationEvent event = next(EventKind.NOTE, author, clientId);
        event.act = act.stored();
        return event;
    }

    private boolean apply(InboxAct act) {
        List<UUID> before = List.of(labels);
        switch (act.what()) {
            case LABELLED -> {
                if (before.contains(act.label())) {
                    return false;
                }
                labels = Stream.concat(before.stream(), Stream.of(act.label())).toArray(UUID[]::new);
            }
            case UNLABELLED -> {
                if (!before.contains(act.label())) {
                    return false;
                }
                labels = before.stream()
                        .filter(label -> !label.equals(act.label()))
                        .toArray(UUID[]::new);
            }
            case PRIORITY -> {
                if (priority == act.priority().level()) {
                    return false;
                }
                priority = act.priority().level();
            }
            case SNOOZED -> {
                if (status == ConversationStatus.RESOLVED) {
                    throw new Problem(
                            ProblemCode.CONFLICT, "This conversation is resolved; reopen it before you put it off.");
                }
                if (act.until().equals(snoozedUntil)) {
                    return false;
                }
                snoozedUntil = act.until();
            }
            case WOKEN -> {
                if (snoozedUntil == null) {
                    return false;
                }
                snoozedUntil = null;
            }
            case SPAM, NO_SPAM -> {
                boolean marked = act.what() == InboxAct.What.SPAM;
                if (spam == marked) {
                    return false;
                }
                spam = marked;
            }
        }
        return true;
    }

    /** Refuses when anybody else has done anything after what the agent had seen. */
    void requireNothingNewerThan(Long seen, SignedInAgent agent) {
        if (seen != null && lastSequence > seen && ConversationEvent.hasOneOfOthersAfter(id, seen, agent.id())) {
            throw new Problem(
                    ProblemCode.THREAD_MOVED_ON,
                    "Somebody else has written or done something here since; look, then send again.");
        }
    }

    private ConversationEvent next(EventKind kind, Author author, UUID clientId) {
        ConversationEvent event = new ConversationEvent();
        event.conversationId = id;
        event.sequence = ++lastSequence;
        event.publicSequence = kind.isPublic() ? ++lastPublicSequence : null;
        event.kind = kind;
        event.authorKind = author.kind();
        event.authorId = author.id();
        event.authorName = author.name();
        event.clientId = clientId;
        event.text = "";
        // Clocks of nodes differ; within a conversation time does not run backwards.
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        updatedAt = now.isBefore(updatedAt) ? updatedAt : now;
        event.createdAt = updatedAt;
        return event;
    }
}
