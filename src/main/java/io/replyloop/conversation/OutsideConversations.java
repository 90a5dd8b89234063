package io.replyloop.conversation;

import io.replyloop.identity.CustomerIdentity;
import io.replyloop.identity.Customers;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.platform.Sha256;
import io.replyloop.platform.TransactionLock;
import io.replyloop.site.Sites;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Conversations that another program keeps. Each is a conversation without messages, of a customer without a name, so that
 * everything that goes by conversation holds for it as well: the split of the dataset, erasure, the retention rule, what
 * is shown of an example. It is resolved and not current, hence in no queue, and nobody can write in it.
 */
@ApplicationScoped
@Transactional
public class OutsideConversations {
    private final Session session;
    private final Sites sites;
    private final Customers customers;

    OutsideConversations(Session session, Sites sites, Customers customers) {
        this.session = session;
        this.sites = sites;
        this.customers = customers;
    }

    /**
     * The conversation that goes by this name, which begins now if there is none.
     *
     * @param name what the other program calls it
     */
    public UUID ensure(String name) {
        byte[] hash = Sha256.of(name);
        Optional<UUID> known = find(hash);
        if (known.isPresent()) {
            return known.get();
        }
        // Two first questions of one conversation at the same time are two requests of one customer.
        TransactionLock.hold(session, ByteBuffer.wrap(hash).getLong());
        return find(hash).orElseGet(() -> begin(hash));
    }

    /** Who has it, whom an erasure names; empty if nothing was asked in it, or all of it is erased. */
    public Optional<UUID> customerOf(String name) {
        return session.createNativeQuery(
                        "select c.customer_id from outside_conversation o join conversation c"
                                + " on c.id = o.conversation_id where o.id_hash = :hash",
                        UUID.class)
                .setParameter("hash", Sha256.of(name))
                .getResultStream()
                .findFirst();
    }

    /** Whether it is one of these and there still; until the end of the transaction, nobody erases it. */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean hold(UUID conversation) {
        return !session.createNativeQuery(
                        "select c.id from conversation c where c.id = :id and c.elsewhere for no key update",
                        UUID.class)
                .setParameter("id", conversation)
                .getResultList()
                .isEmpty();
    }

    /** The number of the question that is asked now; until the commit, nobody erases the conversation. */
    public long nextQuestion(UUID conversation) {
        int there = session.createNativeMutationQuery("update conversation set updated_at = now() where id = :id")
                .setParameter("id", conversation)
                .executeUpdate();
        if (there == 0) {
            throw new Problem(
                    ProblemCode.CONFLICT,
                    "Everything about this conversation was erased at this moment. Ask again to begin it anew.");
        }
        return session.createNativeQuery(
                        "update outside_conversation set questions = questions + 1 where conversation_id = :id"
                                + " returning questions",
                        Long.class)
                .setParameter("id", conversation)
                .getSingleResult();
    }

    private Optional<UUID> find(byte[] hash) {
        return session.createNativeQuery(
                        "select conversation_id from outside_conversation where id_hash = :hash", UUID.class)
                .setParameter("hash", hash)
                .getResultStream()
                .findFirst();
    }

    private UUID begin(byte[] hash) {
        UUID site = sites.elsewhere();
        CustomerIdentity customer = new CustomerIdentity(UUID.randomUUID(), site, null, null, null);
        customers.ensure(customer);
        UUID conversation = UUID.randomUUID();
        session.createNativeMutationQuery(
                        "insert into conversation (id, site_id, customer_id, status, current, elsewhere)"
                                + " values (:id, :site, :customer, 'resolved', false, true)")
                .setParameter("id", conversation)
                .setParameter("site", site)
                .setParameter("customer", customer.id())
                .executeUpdate();
        session.createNativeMutationQuery(
                        "insert into outside_conversation (conversation_id, id_hash) values (:id, :hash)")
                .setParameter("id", conversation)
                .setParameter("hash", hash)
                .executeUpdate();
        return conversation;
    }
}
