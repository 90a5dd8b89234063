package io.replyloop.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Freezes examples into datasets that never change, so that a run can be repeated and compared. */
@ApplicationScoped
@Transactional
public class DatasetService {
    private final Session session;
    private final ObjectMapper json;

    DatasetService(Session session, ObjectMapper json) {
        this.session = session;
        this.json = json;
    }

    /**
     * Freezes all examples that are not excluded.
     *
     * @throws Problem {@code too-few-examples} when there are fewer than the minimum
     */
    public DatasetVersionView freeze(int minimum) {
        // Read once: what is committed meanwhile belongs to the next version.
        List<Tuple> examples = session.createNativeQuery(
                        "select id, conversation_id as conversation from example where not excluded order by id",
                        Tuple.class)
                .getResultList();
        if (examples.isEmpty() || examples.size() < minimum) {
            throw new Problem(
                    ProblemCode.TOO_FEW_EXAMPLES,
                    "There are " + examples.size() + " labelled examples, and a run needs " + Math.max(1, minimum)
                            + ". Answer more customers, or lower the minimum.");
        }
        Set<UUID> heldOut = ConversationSplit.heldOut(examples.stream()
                .map(example -> example.get("conversation", UUID.class))
                .collect(Collectors.toSet()));
        List<Long> train = new ArrayList<>();
        List<Long> dev = new ArrayList<>();
        for (Tuple example : examples) {
            boolean held = heldOut.contains(example.get("conversation", UUID.class));
            (held ? dev : train).add(example.get("id", Long.class));
        }
        UUID id = UUID.randomUUID();
        long number = session.createNativeQuery(
                        "insert into dataset_version (id, train_size, dev_size) values (:id, :train, :dev) returning number",
                        Long.class)
                .setParameter("id", id)
                .setParameter("train", train.size())
                .setParameter("dev", dev.size())
                .getSingleResult();
        store(id, train, Split.TRAIN);
        store(id, dev, Split.DEV);
        return new DatasetVersionView(id, number, train.size(), dev.size());
    }

    public DatasetVersionView version(UUID id) {
        Tuple row = session.createNativeQuery(
                        "select number, train_size, dev_size from dataset_version where id = :id", Tuple.class)
                .setParameter("id", id)
                .getSingleResult();
        return new DatasetVersionView(
                id,
                row.get("number", Long.class),
                row.get("train_size", Integer.class),
                row.get("dev_size", Integer.class));
    }

    private void store(UUID dataset, List<Long> examples, Split split) {
        session.createNativeMutationQuery("""
                        insert into dataset_example (dataset_id, example_id, split)
                        select :dataset, cast(id as bigint), :split
                        from jsonb_array_elements_text(cast(:examples as jsonb)) as example (id)""")
                .setParameter("dataset", dataset)
                .setParameter("split", split.wireName())
                .setParameter("examples", write(examples))
                .executeUpdate();
    }

    private String write(List<Long> ids) {
        try {
            return json.writeValueAsString(ids);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
