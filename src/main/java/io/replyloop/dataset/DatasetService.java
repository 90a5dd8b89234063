package io.replyloop.dataset;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.CustomerErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/** Freezes examples into snapshots that never change, so that a run can be repeated and compared. */
@ApplicationScoped
@Transactional
public class DatasetService {
    private final Session session;

    DatasetService(Session session) {
        this.session = session;
    }

    /**
     * Freezes all examples that are not excluded.
     *
     * @throws Problem {@code too-few-examples} when there are fewer than the minimum
     */
    public DatasetVersionView freeze(int minimum) {
        Snapshot snapshot = session.doReturningWork(Snapshot::ofNow);
        if (snapshot.size() == 0 || snapshot.size() < minimum) {
            throw new Problem(
                    ProblemCode.TOO_FEW_EXAMPLES,
                    "There are " + snapshot.size() + " labelled examples, and a run needs " + Math.max(1, minimum)
                            + ". Answer more customers, or lower the minimum.");
        }
        UUID id = UUID.randomUUID();
        session.doWork(database -> snapshot.store(database, id));
        return version(id);
    }

    public DatasetVersionView version(UUID id) {
        Tuple row = session.createNativeQuery("""
                        select number, train_size, dev_size, test_size, left_out, content_hash,
                            (select count(*) from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id
                                where p.dataset_id = v.id and s.erased_at is not null) as erased
                        from dataset_version v where id = :id""", Tuple.class)
                .setParameter("id", id)
                .getSingleResult();
        return new DatasetVersionView(
                id,
                row.get("number", Long.class),
                row.get("train_size", Integer.class),
                row.get("dev_size", Integer.class),
                row.get("test_size", Integer.class),
                row.get("left_out", Integer.class),
                row.get("content_hash", String.class),
                row.get("erased", Long.class));
    }

    void erase(@Observes CustomerErasure erasure) {
        if (erasure.conversation() != null) {
            erasure.removed("frozen-examples", erase(erasure.conversation()));
            erasure.marked(session.createNativeQuery(
                            "select count(distinct p.dataset_id) from dataset_part p"
                                    + " join snapshot_example s on s.id = p.snapshot_example_id"
                                    + " where s.conversation_id = :conversation",
                            Long.class)
                    .setParameter("conversation", erasure.conversation())
                    .getSingleResult()
                    .intValue());
        }
    }

    /** The snapshots from whose train part something was erased: all, or those with this conversation. */
    public Set<UUID> taught(UUID conversation) {
        return Set.copyOf(session.createNativeQuery(
                        "select distinct p.dataset_id from dataset_part p"
                                + " join snapshot_example s on s.id = p.snapshot_example_id"
                                + " where p.split = :train and s.erased_at is not null"
                                + " and (cast(:conversation as uuid) is null"
                                + " or s.conversation_id = cast(:conversation as uuid))",
                        UUID.class)
                .setParameter("train", Split.TRAIN.wireName())
                .setParameter("conversation", conversation == null ? null : conversation.toString())
                .getResultList());
    }

    /**
     * Takes the texts of a customer's conversation out of every snapshot for good; counts, labels and hashes stay.
     *
     * @return how many frozen examples lost their texts
     */
    int erase(UUID conversation) {
        return session.createNativeMutationQuery(
                        "update snapshot_example set query = null, reply_text = null, erased_at = now()"
                                + " where conversation_id = :conversation and erased_at is null")
                .setParameter("conversation", conversation)
                .executeUpdate();
    }
}
