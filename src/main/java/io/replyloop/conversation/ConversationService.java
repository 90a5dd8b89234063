package io.replyloop.conversation;

import io.replyloop.attachment.AttachmentService;
import io.replyloop.attachment.AttachmentView;
import io.replyloop.conversation.ConversationSummary.Person;
import io.replyloop.identity.Agents;
import io.replyloop.identity.CustomerForms;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.identity.FilledForm;
import io.replyloop.identity.SignedInAgent;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.site.Hours;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.exception.ConstraintViolationException;

/**
 * Stores what happens in conversations. Each act carries a UUID of its client: the first try stores it, a further one
 * finds what is stored. The row of the conversation is locked from before that look until the commit, so numbers have
 * no gaps and two tries of the same act cannot both store it. Joins a transaction that is already there.
 */
@ApplicationScoped
@Transactional
public class ConversationService {
    private static final int MOST_OF_CUSTOMER = 100;

    private final EntityManager entities;
    private final Agents agents;
    private final Customers customers;
    private final CustomerForms forms;
    private final Inbox inbox;
    private final Hours hours;
    private final AttachmentService attachments;
    private final Event<ConversationAdvanced> advanced;
    private final Event<InboxLineChanged> lineChanged;
    private final Event<NothingToChange> nothingToChange;

    ConversationService(
            EntityManager entities,
            Agents agents,
            Customers customers,
            CustomerForms forms,
            Inbox inbox,
            Hours hours,
            AttachmentService attachments,
            Event<ConversationAdvanced> advanced,
            Event<InboxLineChanged> lineChanged,
            Event<NothingToChange> nothingToChange) {
        this.entities = entities;
        this.agents = agents;
        this.customers = customers;
        this.forms = forms;
        this.inbox = inbox;
        this.hours = hours;
        this.attachments = attachments;
        this.advanced = advanced;
        this.lineChanged = lineChanged;
        this.nothingToChange = nothingToChange;
    }

    /**
     * Stores a customer's message; the first one makes the conversation. One to a resolved conversation reopens it or, if the
     * customer wants that, begins another one.
     *
     * @param begins to begin another one; means nothing while the current one is open
     */
    public Posted customerMessage(CustomerIdentity customer, UUID clientId, MessageContent content, boolean begins) {
        Conversation current = Conversation.lockedOfCustomer(customer.id()).orElseGet(() -> begin(customer));
        Author author = Author.of(customer);
        return once(current, EventKind.MESSAGE, author, clientId, content, () -> {
            ClickIds.requireNoneElsewhere(clientId, current.id);
            Conversation conversation = begins ? succeeded(current, customer) : current;
            if (conversation.status == ConversationStatus.RESOLVED) {
                releaseIfLeft(conversation);
                store(conversation.status(author, null, ConversationStatus.OPEN));
            }
            if (!hours.isOpen(customer.siteId())) {
                conversation.outsideHours();
            }
            return conversation.message(author, clientId, content, attach(conversation, author, content, false));
        });
    }

    public Posted customerMessage(CustomerIdentity customer, UUID clientId, MessageContent content) {
        return customerMessage(customer, clientId, content, false);
    }

    public Posted customerMessage(CustomerIdentity customer, UUID clientId, String text) {
        return customerMessage(customer, clientId, MessageContent.of(text));
    }

    /**
     * The same of somebody who has filled in the form of the site, if that is their very first message: the answers are
     * stored with it or not at all.
     */
    public Posted customerMessage(
            CustomerIdentity customer, UUID clientId, MessageContent content, boolean begins, FilledForm form) {
        Posted posted = customerMessage(customer, clientId, content, begins);
        boolean isFirst = !posted.repeated() && posted.event().sequence() == 1;
        if (form != null && isFirst && Conversation.count("customerId", customer.id()) == 1) {
            forms.keep(customer, form);
        }
        return posted;
    }

    /**
     * Stores an agent's message. What waits for somebody is the agent's from then on, in an event before it.
     *
     * @param seen the newest event that was on the agent's screen; null to send whatever has happened since
     */
    public Posted agentMessage(
            SignedInAgent agent, UUID conversationId, UUID clientId, MessageContent content, Long seen) {
        Conversation conversation = Conversation.locked(conversationId);
        Author author = Author.of(agent);
        return once(conversation, EventKind.MESSAGE, author, clientId, content, () -> {
            conversation.requireCurrent();
            conversation.requireNothingNewerThan(seen, agent);
            takeIfNobodyHas(conversation, agent);
            return conversation.message(author, clientId, content, attach(conversation, author, content, false));
        });
    }

    public Posted agentMessage(SignedInAgent agent, UUID conversationId, UUID clientId, String text, Long seen) {
        return agentMessage(agent, conversationId, clientId, MessageContent.of(text), seen);
    }

    public Posted note(SignedInAgent agent, UUID conversationId, UUID clientId, MessageContent content) {
        return note(agent, conversationId, clientId, content, List.of());
    }

    /** @param named whom it mentions */
    public Posted note(
            SignedInAgent agent, UUID conversationId, UUID clientId, MessageContent content, List<Person> named) {
        Conversation conversation = Conversation.locked(conversationId);
        Author author = Author.of(agent);
        return once(
                conversation,
                EventKind.NOTE,
                author,
                clientId,
                content,
                () -> conversation.note(author, clientId, content, attach(conversation, author, content, true), named));
    }

    public Posted note(SignedInAgent agent, UUID conversationId, UUID clientId, String text) {
        return note(agent, conversationId, clientId, MessageContent.of(text));
    }

    public Posted take(SignedInAgent agent, UUID conversationId, UUID clientId) {
        return take(agent, conversationId, clientId, false);
    }

    /** Gives the conversation to the agent; with force also when somebody else holds it, which only admins may. */
    public Posted take(SignedInAgent agent, UUID conversationId, UUID clientId, boolean force) {
        Conversation conversation = Conversation.locked(conversationId);
        return once(conversation, EventKind.ASSIGNEE, Author.of(agent), clientId, agent.id(), () -> {
            Assignment now = new Assignment(conversation.assigneeId).takenBy(agent, force);
            agents.requireStaying(agent.id());
            return conversation.changed(now, agent, clientId, agent.name());
        });
    }

    /** Puts the conversation back into the queue. */
    public Posted release(SignedInAgent agent, UUID conversationId, UUID clientId) {
        Conversation conversation = Conversation.locked(conversationId);
        return once(conversation, EventKind.ASSIGNEE, Author.of(agent), clientId, null, () -> {
            Assignment now = new Assignment(conversation.assigneeId).releasedBy(agent);
            return conversation.changed(now, agent, clientId, null);
        });
    }

    /** @param seen as with a message: who resolves a conversation should know what it is that they leave unanswered */
    public Posted changeStatus(
            SignedInAgent agent, UUID conversationId, UUID clientId, ConversationStatus status, Long seen) {
        Conversation conversation = Conversation.locked(conversationId);
        Author author = Author.of(agent);
        return once(conversation, EventKind.STATUS, author, clientId, status, () -> {
            if (conversation.status == status) {
                return null;
            }
            conversation.requireCurrent();
            conversation.requireNothingNewerThan(seen, agent);
            if (status == ConversationStatus.OPEN) {
                releaseIfLeft(conversation);
            }
            return conversation.status(author, clientId, status);
        });
    }

    public List<ConversationEventView> eventsAfter(UUID conversation, long after, int limit) {
        return ConversationEvent.after(conversation, after, limit);
    }

    /** What the customer may see after that, in the customers' numbering. */
    public List<ConversationEventView> publicEventsAfter(UUID conversation, long after, int limit) {
        return ConversationEvent.publicAfter(conversation, after, limit);
    }

    /** The newest messages, without notes and other events, oldest first. */
    public List<ConversationEventView> lastMessages(UUID conversation, int count) {
        return ConversationEvent.lastMessages(conversation, count);
    }

    /** The current one. */
    public Optional<ConversationSummary> ofCustomer(UUID customerId) {
        return inbox.snapshotOfCustomer(customerId).map(ConversationSnapshot::summary);
    }

    /** All of a person, for agents, the newest first; of very many, the newest only. */
    public List<ConversationSummary> allOfCustomer(UUID customerId) {
        return inbox.ofPerson(customerId, MOST_OF_CUSTOMER);
    }

    /** Those of this customer alone, as they may see them. */
    public List<OwnConversation> shownTo(UUID customerId) {
        Map<UUID, Instant> shown = inbox.lastShown(customerId);
        return inbox.ofCustomer(customerId, MOST_OF_CUSTOMER).stream()
                .map(summary -> OwnConversation.of(summary, shown.getOrDefault(summary.id(), summary.createdAt())))
                .toList();
    }

    /** However many there are of this customer alone, the newest first. */
    public List<ConversationSummary> everyOfCustomer(UUID customerId) {
        return inbox.ofCustomer(customerId, Integer.MAX_VALUE);
    }

    /** One of the customer's own; empty for anybody else's. */
    public Optional<ConversationSummary> ownOf(UUID customerId, UUID conversation) {
        return inbox.own(customerId, conversation);
    }

    public Optional<ConversationSnapshot> snapshotOfCustomer(UUID customerId) {
        return inbox.snapshotOfCustomer(customerId);
    }

    public ConversationSummary summary(UUID conversation) {
        return snapshot(conversation).summary();
    }

    public ConversationSnapshot snapshot(UUID conversation) {
        return find(conversation).orElseThrow(() -> Problem.notFound("conversation"));
    }

    /** Empty where it was erased. */
    public Optional<ConversationSnapshot> find(UUID conversation) {
        return inbox.snapshots(List.of(conversation)).stream().findFirst();
    }

    /** Those of the conversations that exist, in no particular order. */
    public List<ConversationSummary> summaries(List<UUID> conversations) {
        return inbox.summaries(conversations);
    }

    /** Those in which something has happened since, at most so many of the newest. */
    public List<UUID> changedSince(Instant since, int most) {
        return inbox.changedSince(since, most);
    }

    /** Open ones that no agent has taken and whose customers wait, the longest first; at most so many. */
    public List<UUID> queue(int most) {
        return inbox.queue(most);
    }

    public InboxCensus census() {
        return inbox.census();
    }

    /** How far those of the conversations that exist have come. */
    public List<ConversationNumbers> numbers(List<UUID> conversations) {
        return inbox.numbers(conversations);
    }

    public Page<ConversationSummary> inbox(InboxQuery query) {
        return inbox.page(query);
    }

    public ConversationCounts counts(SignedInAgent agent) {
        return inbox.counts(agent.id());
    }

    /** The one after it, which begins now; the same one as long as it is open, or spam, which nobody leaves by that. */
    private Conversation succeeded(Conversation conversation, CustomerIdentity customer) {
        if (conversation.status != ConversationStatus.RESOLVED || conversation.spam) {
            return conversation;
        }
        conversation.current = false;
        entities.flush();
        lineChanged.fire(new InboxLineChanged(conversation.id));
        return begin(customer);
    }

    /** What opens again after somebody has left the team waits in the queue and not for them. */
    private void releaseIfLeft(Conversation conversation) {
        if (conversation.assigneeId != null && !agents.staysActive(conversation.assigneeId)) {
            store(conversation.assignment(Author.APPLICATION, null, null, null));
        }
    }

    /** Whoever answers has it, so that the customer stands in no queue any more and no colleague answers, too. */
    private void takeIfNobodyHas(Conversation conversation, SignedInAgent agent) {
        boolean isFree = conversation.assigneeId == null && conversation.status == ConversationStatus.OPEN;
        if (isFree && agents.staysActive(agent.id())) {
            store(conversation.assignment(Author.of(agent), null, agent.id(), agent.name()));
        }
    }

    private Conversation begin(CustomerIdentity customer) {
        customers.ensure(customer);
        // Another first message of the same customer may be on its way: whoever comes second waits here and finds it.
        entities.createNativeQuery("insert into conversation (id, site_id, customer_id) values (:id, :site, :customer)"
                        + " on conflict (customer_id) where current do nothing")
                .setParameter("id", UUID.randomUUID())
                .setParameter("site", customer.siteId())
                .setParameter("customer", customer.id())
                .executeUpdate();
        return Conversation.lockedOfCustomer(customer.id()).orElseThrow();
    }

    private List<AttachmentView> attach(
            Conversation conversation, Author author, MessageContent content, boolean internal) {
        return attachments.send(author.id(), conversation.id, conversation.customerId, internal, content.attachments());
    }

    /** The one place where acts are stored: the first try of each stores it, a further one finds what is stored. */
    Posted once(
            Conversation conversation,
            EventKind kind,
            Author author,
            UUID clientId,
            Object content,
            Supplier<ConversationEvent> act) {
        Optional<ConversationEvent> earlier = ConversationEvent.ofClient(clientId);
        if (earlier.isPresent()) {
            // What a customer repeats may be in a conversation after which they have begun another one.
            UUID where = author.kind() == AuthorKind.CUSTOMER ? earlier.get().conversationId : conversation.id;
            return new Posted(earlier.get().repeatedAs(where, kind, author.id(), content), true);
        }
        if (author.kind() == AuthorKind.AGENT) {
            ClickIds.requireNone(clientId);
        }
        ConversationEvent event = act.get();
        return event == null ? unchanged(conversation, author) : new Posted(store(event), false);
    }

    Posted unchanged(Conversation conversation, Author author) {
        if (author.kind() == AuthorKind.AGENT) {
            nothingToChange.fire(new NothingToChange(author.id(), conversation.id));
        }
        return Posted.UNCHANGED;
    }

    ConversationEventView store(ConversationEvent event) {
        try {
            event.persistAndFlush();
        } catch (ConstraintViolationException sameIdElsewhere) {
            // The look before found nothing: the same UUID is being stored in another conversation at this moment.
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "This id was used for something else already; make a new one for each act.",
                    sameIdElsewhere);
        }
        ConversationEventView view = event.view();
        advanced.fire(new ConversationAdvanced(event.conversationId, view));
        return view;
    }
}
