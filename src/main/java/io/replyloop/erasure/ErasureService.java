package io.replyloop.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.conversation.ConversationErasures;
import io.replyloop.conversation.ConversationErasures.AtRest;
import io.replyloop.feedback.DecisionReader;
import io.replyloop.identity.AgentView;
import io.replyloop.identity.Agents;
import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.identity.MergedCustomers;
import io.replyloop.platform.Cursor;
import io.replyloop.platform.Page;
import io.replyloop.platform.Problem;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.ErasureLock;
import io.replyloop.privacy.LearnedFromSnapshots;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Erases a customer in one transaction: whoever keeps something of the conversation removes it when {@link CustomerErasure}
 * is fired, then the conversation and the customer go. Either all of it is gone or nothing.
 */
@ApplicationScoped
@Transactional
public class ErasureService {
    static final String ADMIN = "admin";
    static final String RETENTION = "retention";
    private static final Logger LOG = Logger.getLogger(ErasureService.class);

    private final Session session;
    private final ConversationErasures conversations;
    private final Customers customers;
    private final MergedCustomers merged;
    private final Event<CustomerErasure> erasures;
    private final ObjectMapper json;
    private final AuditLog audit;
    private final Agents agents;
    private final LearnedFromSnapshots learned;

    ErasureService(
            Session session,
            ConversationErasures conversations,
            Customers customers,
            MergedCustomers merged,
            Event<CustomerErasure> erasures,
            ObjectMapper json,
            AuditLog audit,
            Agents agents,
            LearnedFromSnapshots learned) {
        this.session = session;
        this.conversations = conversations;
        this.customers = customers;
        this.merged = merged;
        this.erasures = erasures;
        this.json = json;
        this.audit = audit;
        this.agents = agents;
        this.learned = learned;
    }

    /** @param conversations those that go; the oldest first */
    private record Leaving(CustomerIdentity customer, List<UUID> conversations) {
        Leaving with(List<UUID> some) {
            return new Leaving(customer, some);
        }
    }

    /**
     * Of a person who is several customers, all of them.
     *
     * @param agent who asks for it
     */
    public ErasureReport erase(UUID customer, UUID agent, String reason) {
        session.doWork(ErasureLock::exclusive);
        List<Leaving> person = person(customer);
        if (person.isEmpty()) {
            throw Problem.notFound("customer");
        }
        ErasureReport report = erase(person, true, ADMIN, agent, reason == null ? "" : reason.strip());
        audit.record(
                AuditAction.CUSTOMER_ERASED,
                AuditObject.of(AuditObject.Kind.CUSTOMER, report.customer(), null),
                AuditDetails.of(report.reason().isEmpty() ? Map.of() : Map.of("reason", report.reason())));
        return report;
    }

    /**
     * Erases those of the person's conversations that are at rest, and with the last of them whoever began them; empty if none is
     * at rest any longer. Somebody who has lost theirs before goes, too.
     */
    Optional<ErasureReport> eraseAtRest(UUID customer, AtRest atRest) {
        session.doWork(ErasureLock::exclusive);
        List<Leaving> person = person(customer);
        List<Leaving> due = person.stream()
                .map(one -> one.with(one.conversations().stream()
                        .filter(id -> conversations.isAtRest(id, atRest))
                        .toList()))
                .toList();
        if (count(due) == 0 && !haveNone(person)) {
            return Optional.empty();
        }
        return Optional.of(erase(due, count(due) == count(person), RETENTION, null, ""));
    }

    /** Not even one that was being begun. */
    private boolean haveNone(List<Leaving> person) {
        if (person.isEmpty() || count(person) > 0) {
            return false;
        }
        person.forEach(one -> customers.hold(one.customer().id()));
        return person.stream()
                .allMatch(one -> conversations.lock(one.customer().id()).isEmpty());
    }

    /** Whoever is kept first; with all of their conversations, locked. */
    private List<Leaving> person(UUID customer) {
        return merged.everyone(customer).stream()
                .flatMap(id -> customers.find(id).stream())
                .map(known -> new Leaving(known, conversations.lock(known.id())))
                .toList();
    }

    private static long count(List<Leaving> person) {
        return person.stream().mapToLong(one -> one.conversations().size()).sum();
    }

    /** @param entirely the customers, too, of whom these are all conversations */
    private ErasureReport erase(List<Leaving> person, boolean entirely, String trigger, UUID agent, String reason) {
        // What was imported has a time of its own for which it is kept; whoever asks to be forgotten means all of it.
        boolean asked = trigger.equals(ADMIN);
        CustomerErasure erasure = null;
        for (Leaving one : person) {
            for (CustomerErasure each : erasures(one, entirely, asked)) {
                erase(each);
                erasure = erasure == null ? each : each.after(erasure);
            }
        }
        if (entirely) {
            erasure.removed("customers", person.size());
            person.forEach(one -> customers.erase(one.customer().id()));
        }
        UUID customer = person.get(0).customer().id();

        Erasure proof = new Erasure();
        proof.id = UUID.randomUUID();
        proof.customerId = customer;
        proof.taught = erasure.taught().toArray(UUID[]::new);
        proof.trigger = trigger;
        proof.requestedBy = agent;
        proof.reason = reason;
        proof.removed = json.valueToTree(erasure.removed());
        proof.snapshots = erasure.snapshots();
        proof.models = erasure.models().toArray(Long[]::new);
        proof.erasedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        proof.persist();
        LOG.infof(
                "%s %s was erased (%s): %s",
                entirely ? "Customer" : "A conversation of customer", customer, trigger, compact(proof.removed));
        return report(proof, names(List.of(proof)));
    }

    /** One for each conversation; the last one names the customer, too, if they go entirely. */
    private List<CustomerErasure> erasures(Leaving one, boolean entirely, boolean asked) {
        UUID customer = one.customer().id();
        // What a visitor typed into a form may be the address of somebody else.
        String proven = asked && one.customer().vouchedFor() ? one.customer().email() : null;
        List<CustomerErasure> all = new ArrayList<>();
        int left = one.conversations().size();
        for (UUID conversation : one.conversations()) {
            boolean last = entirely && --left == 0;
            all.add(new CustomerErasure(
                    last ? customer : null, conversation, decisions(conversation), last ? proven : null));
        }
        if (entirely && all.isEmpty()) {
            all.add(new CustomerErasure(customer, null, List.of(), proven));
        }
        return all;
    }

    private List<UUID> decisions(UUID conversation) {
        return session.doReturningWork(database -> DecisionReader.ofConversation(database, conversation));
    }

    private void erase(CustomerErasure erasure) {
        erasure.removed("decisions", erasure.decisions().size());
        erasures.fire(erasure);
        if (erasure.conversation() != null) {
            erasure.removed("conversations", 1);
            erasure.removed("messages", conversations.erase(erasure.conversation()));
        }
    }

    private ErasureReport report(Erasure proof, Map<UUID, String> names) {
        String name = proof.requestedBy == null ? null : names.get(proof.requestedBy);
        return proof.report(name, learned.models(List.of(proof.taught)));
    }

    private Map<UUID, String> names(List<Erasure> proofs) {
        boolean byAdmin = proofs.stream().anyMatch(proof -> proof.requestedBy != null);
        return byAdmin ? agents.list().stream().collect(Collectors.toMap(AgentView::id, AgentView::name)) : Map.of();
    }

    private static String compact(JsonNode removed) {
        return removed.toString().replace("\"", "");
    }

    /** The newest first. */
    public Page<ErasureReport> list(String after, Integer limit) {
        int size = Page.limit(limit);
        Cursor cursor = after == null ? null : Cursor.decode(after, 2);
        List<Erasure> found = (cursor == null
                        ? Erasure.<Erasure>find("order by erasedAt desc, id desc")
                        : Erasure.<Erasure>find(
                                "erasedAt < ?1 or erasedAt = ?1 and id < ?2 order by erasedAt desc, id desc",
                                at(cursor),
                                id(cursor)))
                .page(0, size + 1)
                .list();
        List<Erasure> page = found.subList(0, Math.min(size, found.size()));
        Map<UUID, String> names = names(page);
        Erasure last = page.isEmpty() ? null : page.get(page.size() - 1);
        return new Page<>(
                page.stream().map(one -> report(one, names)).toList(),
                found.size() > size ? Cursor.encode(last.erasedAt.toString(), last.id.toString()) : null);
    }

    private static Instant at(Cursor cursor) {
        try {
            return Instant.parse(cursor.parts().get(0));
        } catch (DateTimeParseException made) {
            throw Cursor.madeUp(made);
        }
    }

    private static UUID id(Cursor cursor) {
        try {
            return UUID.fromString(cursor.parts().get(1));
        } catch (IllegalArgumentException made) {
            throw Cursor.madeUp(made);
        }
    }
}
