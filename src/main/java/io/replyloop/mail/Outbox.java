package io.replyloop.mail;

import io.replyloop.identity.SealedSecrets;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.nio.BufferUnderflowException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * The mails that are to be sent. A worker takes one, which others then leave alone for a while, and says what became of it.
 * If it dies in between, the mail is taken again after that while: rather twice, by the same Message-ID, than not at all.
 */
@ApplicationScoped
@Transactional
class Outbox {
    private static final Logger LOG = Logger.getLogger(Outbox.class);
    private static final int LONGEST_PAUSE_FACTOR = 8;
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Session database;
    private final MailConfig config;
    private final SealedSecrets sealed;
    private final Instance<StillWanted> questions;

    Outbox(Session database, MailConfig config, SealedSecrets sealed, Instance<StillWanted> questions) {
        this.database = database;
        this.config = config;
        this.sealed = sealed;
        this.questions = questions;
    }

    /** @param attempt counts from 1 */
    record Taken(UUID id, MailKind kind, String recipient, MailContents contents, int attempt, Instant createdAt) {}

    /** One that is due; what nobody wants any more ends here. */
    Optional<Taken> take() {
        Instant now = Instant.now();
        while (true) {
            Optional<Tuple> row = database
                    .createNativeQuery("""
                            update mail set attempts = attempts + 1, due_at = :until where id = (
                                select id from mail where state = 'waiting' and due_at <= :now
                                order by due_at limit 1 for update skip locked)
                            returning id, kind, recipient, sealed, attempts, created_at, conversation_id, up_to""", Tuple.class)
                    .setParameter("now", now)
                    .setParameter("until", now.plus(config.sentWithin().multipliedBy(2)))
                    .getResultList()
                    .stream()
                    .findFirst();
            if (row.isEmpty()) {
                return Optional.empty();
            }
            if (!isWanted(row.get())) {
                end(row.get().get("id", UUID.class), "dropped", null, true);
                continue;
            }
            Optional<Taken> taken = taken(row.get());
            if (taken.isPresent()) {
                return taken;
            }
        }
    }

    /** The first that is due, of a kind that only a newer node knows for instance: it holds up no other. */
    void putOffFirst() {
        Instant now = Instant.now();
        database.createNativeMutationQuery("update mail set due_at = :later, reason = :reason where id = ("
                        + " select id from mail where state = 'waiting' and due_at <= :now"
                        + " order by due_at limit 1 for update skip locked)")
                .setParameter("later", now.plus(LONGEST_PAUSE))
                .setParameter("reason", "it cannot be read here; see the log")
                .setParameter("now", now)
                .executeUpdate();
    }

    private boolean isWanted(Tuple row) {
        Long upTo = row.get("up_to", Long.class);
        UUID conversation = row.get("conversation_id", UUID.class);
        MailKind kind = MailKind.of(row.get("kind", String.class));
        return upTo == null || questions.stream().allMatch(question -> question.isWanted(kind, conversation, upTo));
    }

    /** Empty for one that cannot be read, because its key is missing for instance: it is put off, and holds up no other. */
    private Optional<Taken> taken(Tuple row) {
        UUID id = row.get("id", UUID.class);
        MailKind kind = MailKind.of(row.get("kind", String.class));
        int attempt = row.get("attempts", Integer.class);
        Instant createdAt = row.get("created_at", Instant.class);
        try {
            MailContents contents = MailContents.of(sealed.open(id, row.get("sealed", byte[].class)));
            return Optional.of(new Taken(id, kind, row.get("recipient", String.class), contents, attempt, createdAt));
        } catch (IllegalStateException | BufferUnderflowException unreadable) {
            LOG.warnf("Mail %s cannot be read: %s", id, unreadable);
            failed(
                    new Taken(id, kind, null, null, attempt, createdAt),
                    new MailFailure(false, false, "it cannot be read here; see the log"));
            return Optional.empty();
        }
    }

    void sent(Taken mail) {
        end(mail.id(), "sent", null, mail.kind().isKey());
    }

    /** @return whether it was given up */
    boolean failed(Taken mail, MailFailure failure) {
        Instant now = Instant.now();
        if (failure.forGood() || mail.createdAt().plus(config.giveUpAfter()).isBefore(now)) {
            end(mail.id(), "failed", failure.words(), mail.kind().isKey());
            return true;
        }
        database.createNativeMutationQuery(
                        "update mail set due_at = :next, reason = :reason where id = :id and state = 'waiting'")
                .setParameter("next", now.plus(pause(mail.attempt())))
                .setParameter("reason", failure.words())
                .setParameter("id", mail.id())
                .executeUpdate();
        return false;
    }

    /** Three times as long each time. */
    Duration pause(int attempt) {
        Duration pause = config.retryAfter();
        for (int times = 1; times < Math.min(attempt, LONGEST_PAUSE_FACTOR); times++) {
            pause = pause.multipliedBy(3);
        }
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private void end(UUID id, String state, String reason, boolean forgetsText) {
        database.createNativeMutationQuery("update mail set state = :state, reason = cast(:reason as text),"
                        + " ended_at = :now, sealed = case when :forget then null else sealed end"
                        + " where id = :id and state = 'waiting'")
                .setParameter("state", state)
                .setParameter("reason", reason, String.class)
                .setParameter("forget", forgetsText)
                .setParameter("now", Instant.now())
                .setParameter("id", id)
                .executeUpdate();
    }

    /** @param oldest null where none waits */
    record Waiting(long number, Instant oldest, String lastReason) {}

    Waiting waiting() {
        Tuple row = database.createNativeQuery(
                        "select count(*) as number, min(created_at) as oldest,"
                                + " (array_agg(reason order by due_at desc) filter (where reason is not null))[1]"
                                + " as reason from mail where state = 'waiting'",
                        Tuple.class)
                .getSingleResult();
        return new Waiting(
                row.get("number", Long.class), row.get("oldest", Instant.class), row.get("reason", String.class));
    }

    /** The newest first. */
    List<MailFailureView> failures(int most) {
        return database.createNativeQuery(
                        "select id, kind, recipient, reason, ended_at from mail where state = 'failed'"
                                + " order by ended_at desc, id limit :most",
                        Tuple.class)
                .setParameter("most", most)
                .getResultStream()
                .map(row -> new MailFailureView(
                        row.get("id", UUID.class),
                        MailKind.of(row.get("kind", String.class)),
                        row.get("recipient", String.class),
                        row.get("reason", String.class),
                        row.get("ended_at", Instant.class)))
                .toList();
    }
}
