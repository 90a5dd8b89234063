package io.replyloop.dataset;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.replyloop.privacy.CustomerErasure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        return versions(Set.of(id)).get(id);
    }

    public Map<UUID, DatasetVersionView> versions(Collection<UUID> ids) {
        List<Tuple> rows = session.createNativeQuery(
                        "select id, number, train_size, dev_size, test_size, left_out, content_hash, erased"
                                + " from dataset_version where id = any(:ids)",
                        Tuple.class)
                .setParameter("ids", ids.toArray(UUID[]::new))
                .getResultList();
        Map<UUID, DatasetVersionView> versions = new HashMap<>();
        for (Tuple row : rows) {
            UUID id = row.get("id", UUID.class);
            versions.put(
                    id,
                    new DatasetVersionView(
                            id,
                            row.get("number", Long.class),
                            row.get("train_size", Integer.class),
                            row.get("dev_size", Integer.class),
                            row.get("test_size", Integer.class),
                            row.get("left_out", Integer.class),
                            row.get("content_hash", String.class),
                            row.get("erased", Integer.class)));
        }
        return versions;
    }

    void erase(@Observes CustomerErasure erasure) {
        if (erasure.conversation() != null) {
            erasure.removed(
                    "imported-examples",
                    session.createNativeMutationQuery(
                                    "delete from imported_example where conversation_id = :conversation")
                            .setParameter("conversation", erasure.conversation())
                            .executeUpdate());
            session.createNativeMutationQuery("delete from imported_conversation where id = :conversation")
                    .setParameter("conversation", erasure.conversation())
                    .executeUpdate();
            keepOut(List.of(erasure.conversation()));
            session.doWork(database -> Snapshot.rememberOlder(database, erasure.conversation()));
            erasure.removed("frozen-examples", erase(erasure.conversation()));
            erasure.marked(holding(List.of(erasure.conversation())));
        }
    }

    /** The snapshots in which these conversations are, with their texts or without. */
    List<UUID> holding(Collection<UUID> conversations) {
        return session.createNativeQuery(
                        "select distinct p.dataset_id from dataset_part p"
                                + " join snapshot_example s on s.id = p.snapshot_example_id"
                                + " where s.conversation_id = any (:conversations)",
                        UUID.class)
                .setParameter("conversations", conversations.toArray(UUID[]::new))
                .getResultList();
    }

    /** Nothing of these conversations comes back with a file that was exported before they were erased. */
    void keepOut(Collection<UUID> conversations) {
        session.createNativeMutationQuery(
                        "insert into erased_conversation (id) select unnest(cast(:gone as uuid[])) on conflict do nothing")
                .setParameter("gone", conversations.toArray(UUID[]::new))
                .executeUpdate();
    }

    /** The snapshots from whose train part something was erased. */
    public Set<UUID> taughtErased() {
        return Set.copyOf(session.createNativeQuery("select id from dataset_version where erased_train > 0", UUID.class)
                .getResultList());
    }

    /** The snapshots from whose train part this conversation was erased. */
    public Set<UUID> taughtErased(UUID conversation) {
        return taughtErased(List.of(conversation));
    }

    Set<UUID> taughtErased(Collection<UUID> conversations) {
        return Set.copyOf(session.createNativeQuery(
                        "select distinct p.dataset_id from dataset_part p"
                                + " join snapshot_example s on s.id = p.snapshot_example_id"
                                + " where p.split = :train and s.erased_at is not null"
                                + " and s.conversation_id = any (:conversations)",
                        UUID.class)
                .setParameter("train", Split.TRAIN.wireName())
                .setParameter("conversations", conversations.toArray(UUID[]::new))
                .getResultList());
    }

    /**
     * Takes the texts of a customer's conversation out of every snapshot for good; counts, labels and hashes stay.
     *
     * @return how many frozen examples lost their texts
     */
    int erase(UUID conversation) {
        return erase(List.of(conversation));
    }

    /** All of them with one recount, which takes as long for one as for a thousand. */
    int erase(Collection<UUID> conversations) {
        UUID[] gone = conversations.toArray(UUID[]::new);
        int erased = session.createNativeMutationQuery(
                        "update snapshot_example set query = null, reply_text = null, erased_at = now()"
                                + " where conversation_id = any (:gone) and erased_at is null")
                .setParameter("gone", gone)
                .executeUpdate();
        count("t.conversation_id = any (:which)", gone);
        return erased;
    }

    /** The same for single examples, by their numbers: those that hold a customer's words beside another's question. */
    int eraseExamples(Collection<Long> examples) {
        Long[] gone = examples.toArray(Long[]::new);
        int erased = session.createNativeMutationQuery(
                        "update snapshot_example set query = null, reply_text = null, erased_at = now()"
                                + " where example_id = any (:gone) and erased_at is null")
                .setParameter("gone", gone)
                .executeUpdate();
        count("t.example_id = any (:which)", gone);
        return erased;
    }

    /** @param which of the examples t are erased */
    private void count(String which, Object value) {
        session.createNativeMutationQuery("""
                        update dataset_version v set erased = counted.erased, erased_train = counted.erased_train
                        from (select p.dataset_id, count(*) as erased,
                                count(*) filter (where p.split = :train) as erased_train
                            from dataset_part p join snapshot_example s on s.id = p.snapshot_example_id
                            where s.erased_at is not null and p.dataset_id in (
                                select q.dataset_id from dataset_part q
                                join snapshot_example t on t.id = q.snapshot_example_id
                                where %s)
                            group by p.dataset_id) counted
                        where v.id = counted.dataset_id""".formatted(which))
                .setParameter("train", Split.TRAIN.wireName())
                .setParameter("which", value)
                .executeUpdate();
    }
}
