package io.replyloop.mail;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.identity.Agents;
import io.replyloop.identity.Role;
import io.replyloop.identity.SealedSecrets;
import io.replyloop.platform.TransactionLock;
import io.replyloop.privacy.CustomerErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

/** Writes mails into the outbox, and knows what has become of them. */
@ApplicationScoped
@Transactional
public class Mails {
    private static final Duration HOUR = Duration.ofHours(1);
    /** The letters of 'mail', above the hash of an address. */
    private static final long LOCKS = 0x6d61696cL << Integer.SIZE;

    private static final String[] KEYS = Stream.of(MailKind.values())
            .filter(MailKind::isKey)
            .map(MailKind::wireName)
            .toArray(String[]::new);

    private final Session database;
    private final MailConfig config;
    private final MailSender sender;
    private final SealedSecrets sealed;
    private final Agents agents;
    private final Event<MailQueued> queued;

    Mails(
            Session database,
            MailConfig config,
            MailSender sender,
            SealedSecrets sealed,
            Agents agents,
            Event<MailQueued> queued) {
        this.database = database;
        this.config = config;
        this.sender = sender;
        this.sealed = sealed;
        this.agents = agents;
        this.queued = queued;
    }

    public boolean areOn() {
        return sender.isOn();
    }

    /** Somebody of the team who may sign in; empty also for accounts without an address that mails can go to. */
    public Optional<Recipient> recipient(UUID account) {
        return agents.active(account)
                .flatMap(agent -> MailAddress.of(agent.email())
                        .map(address -> new Recipient(address, agent.name(), agent.role() == Role.ADMIN)));
    }

    /** Whether a mail that is written only once was written. */
    public boolean isWritten(String once) {
        return !database.createNativeQuery("select 1 from mail where once = :once", Integer.class)
                .setParameter("once", once)
                .getResultList()
                .isEmpty();
    }

    /**
     * Writes a mail, which is sent once the transaction is committed. False where mails are off, where it was written before,
     * or where this address, or this member of the team, has had as many as they may in an hour.
     */
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean queue(NewMail mail) {
        if (!areOn()) {
            return false;
        }
        // Of those who write to the same address at this moment, the second one counts what the first has written.
        TransactionLock.hold(
                database, LOCKS | Integer.toUnsignedLong(mail.to().text().hashCode()));
        if (countTo(mail.to(), mail.customer() != null) >= config.perAddressPerHour()
                || mail.account() != null && ofAccount(mail.account()) >= config.perAccountPerHour()) {
            return false;
        }
        UUID id = UUID.randomUUID();
        MailContents contents = new MailContents(
                mail.letter().subject(), mail.letter().text(), mail.letter().html(), mail.replyTo(), mail.references());
        int written = database.createNativeMutationQuery("insert into mail (id, kind, once, account_id, customer_id,"
                        + " conversation_id, recipient, sealed, reply_hash, up_to, due_at, created_at)"
                        + " values (:id, :kind, :once, cast(:account as uuid), cast(:customer as uuid),"
                        + " cast(:conversation as uuid), :to, :sealed, :reply, :upTo, :now, :now)"
                        + " on conflict (once) do nothing")
                .setParameter("id", id)
                .setParameter("kind", mail.kind().wireName())
                .setParameter("once", mail.once(), String.class)
                .setParameter("account", text(mail.account()), String.class)
                .setParameter("customer", text(mail.customer()), String.class)
                .setParameter("conversation", text(mail.conversation()), String.class)
                .setParameter("to", mail.to().text())
                .setParameter("sealed", sealed.seal(id, contents.bytes()))
                .setParameter("reply", mail.replyHash(), byte[].class)
                .setParameter("upTo", mail.upTo(), Long.class)
                .setParameter("now", Instant.now())
                .executeUpdate();
        if (written == 1) {
            queued.fire(new MailQueued(id));
        }
        return written == 1;
    }

    /** Mails of this kind about a conversation, within that time. */
    public long count(MailKind kind, UUID conversation, Duration within) {
        return database.createNativeQuery(
                        "select count(*) from mail where conversation_id = :conversation and kind = :kind"
                                + " and created_at > :since",
                        Long.class)
                .setParameter("conversation", conversation)
                .setParameter("kind", kind.wireName())
                .setParameter("since", Instant.now().minus(within))
                .getSingleResult();
    }

    /** In an hour; those that customers cause apart from those of the team, which nobody outside is to use up. */
    private long countTo(MailAddress address, boolean customers) {
        return database.createNativeQuery(
                        "select count(*) from mail where recipient = :to and (customer_id is not null) = :customers"
                                + " and created_at > :since",
                        Long.class)
                .setParameter("to", address.text())
                .setParameter("customers", customers)
                .setParameter("since", Instant.now().minus(HOUR))
                .getSingleResult();
    }

    /** Mails of this kind to, or for, a member of the team, within that time. */
    public long countOf(MailKind kind, UUID account, Duration within) {
        return database.createNativeQuery(
                        "select count(*) from mail where account_id = :account and kind = :kind"
                                + " and created_at > :since",
                        Long.class)
                .setParameter("account", account)
                .setParameter("kind", kind.wireName())
                .setParameter("since", Instant.now().minus(within))
                .getSingleResult();
    }

    private long ofAccount(UUID account) {
        return database.createNativeQuery(
                        "select count(*) from mail where account_id = :account and created_at > :since", Long.class)
                .setParameter("account", account)
                .setParameter("since", Instant.now().minus(HOUR))
                .getSingleResult();
    }

    /** The mail to whose address for replies this belongs. */
    public Optional<SentMail> byReplyHash(byte[] hash) {
        return sent("reply_hash = :value", hash);
    }

    /** One of ours that customers can reply to, by its Message-ID. */
    public Optional<SentMail> byMessageId(String messageId) {
        return sender.idOf(messageId).flatMap(id -> sent("id = :value", id));
    }

    private Optional<SentMail> sent(String which, Object value) {
        return database.createNativeQuery(
                        "select id, customer_id, conversation_id, recipient, up_to from mail"
                                + " where customer_id is not null and up_to is not null and " + which,
                        Tuple.class)
                .setParameter("value", value)
                .getResultStream()
                .findFirst()
                .map(row -> new SentMail(
                        row.get("id", UUID.class),
                        row.get("customer_id", UUID.class),
                        row.get("conversation_id", UUID.class),
                        row.get("recipient", String.class),
                        row.get("up_to", Long.class)));
    }

    /** The Message-ID of the newest mail of the conversation to this address. */
    public Optional<String> newestOf(UUID conversation, MailAddress to) {
        return database.createNativeQuery(
                        "select id from mail where conversation_id = :conversation and recipient = :to"
                                + " and kind = 'answers' order by created_at desc, id limit 1",
                        UUID.class)
                .setParameter("conversation", conversation)
                .setParameter("to", to.text())
                .getResultStream()
                .findFirst()
                .map(sender::messageId);
    }

    /** It came back: whoever has sent this knows the Message-ID, which only the recipient's server has seen. */
    public boolean bounced(String messageId, String reason) {
        return sender.idOf(messageId)
                .map(id -> database.createNativeMutationQuery("update mail set state = 'failed', reason = :reason,"
                                        + " ended_at = :now, sealed = case when kind = any(:keys) then null else sealed end"
                                        + " where id = :id and state in ('sent', 'waiting')")
                                .setParameter("id", id)
                                .setParameter("keys", KEYS)
                                .setParameter("reason", MailFailure.shortened(reason))
                                .setParameter("now", Instant.now())
                                .executeUpdate()
                        == 1)
                .orElse(false);
    }

    /** The oldest first. */
    public List<MailedToCustomer> toCustomers(List<UUID> customers) {
        return database.createNativeQuery(
                        "select id, kind, recipient, state, created_at, ended_at, sealed from mail"
                                + " where customer_id = any(:customers) order by created_at, id",
                        Tuple.class)
                .setParameter("customers", customers.toArray(UUID[]::new))
                .getResultStream()
                .map(this::ofCustomer)
                .toList();
    }

    private MailedToCustomer ofCustomer(Tuple row) {
        Optional<MailContents> contents = Optional.ofNullable(row.get("sealed", byte[].class))
                .map(bytes -> MailContents.of(sealed.open(row.get("id", UUID.class), bytes)));
        return new MailedToCustomer(
                MailKind.of(row.get("kind", String.class)),
                row.get("recipient", String.class),
                row.get("state", String.class),
                row.get("created_at", Instant.class),
                row.get("ended_at", Instant.class),
                contents.map(MailContents::subject).orElse(null),
                contents.map(MailContents::text).orElse(null));
    }

    void forget(@Observes CustomerErasure erasure) {
        long gone = Stream.of("customer_id", "conversation_id")
                .mapToLong(column -> database.createNativeMutationQuery(
                                "delete from mail where " + column + " = cast(:id as uuid)")
                        .setParameter(
                                "id",
                                text(column.equals("customer_id") ? erasure.customer() : erasure.conversation()),
                                String.class)
                        .executeUpdate())
                .sum();
        erasure.removed("mails", gone);
    }

    @Scheduled(every = "1h", delayed = "7m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forgetOld() {
        Instant now = Instant.now();
        database.createNativeMutationQuery(
                        "update mail set sealed = null where sealed is not null and ended_at < :before")
                .setParameter("before", now.minus(config.textsKeptFor()))
                .executeUpdate();
        database.createNativeMutationQuery("delete from mail where ended_at < :before")
                .setParameter("before", now.minus(config.keptFor()))
                .executeUpdate();
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }
}
