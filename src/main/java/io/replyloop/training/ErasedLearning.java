package io.replyloop.training;

import io.replyloop.dataset.DatasetService;
import io.replyloop.model.LearnedFromErased;
import io.replyloop.model.ModelRegistry;
import io.replyloop.privacy.CustomerErasure;
import io.replyloop.privacy.LearnedFromSnapshots;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.Session;

/**
 * What becomes of models and verdicts when a customer is erased. Weights keep what they have learned, so the models that
 * saw the customer are named; the texts of flipped cases go.
 */
@ApplicationScoped
@Transactional
public class ErasedLearning implements LearnedFromErased, LearnedFromSnapshots {
    private final Session database;
    private final DatasetService datasets;
    private final ModelRegistry models;

    ErasedLearning(Session database, DatasetService datasets, ModelRegistry models) {
        this.database = database;
        this.datasets = datasets;
        this.models = models;
    }

    @Override
    public Set<UUID> models() {
        return made(datasets.taughtErased());
    }

    @Override
    public List<Long> models(Collection<UUID> snapshots) {
        return snapshots.isEmpty() ? List.of() : models.numbersOfDescendants(made(snapshots));
    }

    /** After the snapshots have lost their texts, which tells which of them taught what was erased. */
    void erase(@Observes @Priority(Interceptor.Priority.APPLICATION + 1_000) CustomerErasure erasure) {
        if (erasure.conversation() != null) {
            int flipped = database.createNativeMutationQuery(
                            "update flipped_case set question = null, content = null, erased_at = now()"
                                    + " where conversation_id = :conversation and erased_at is null")
                    .setParameter("conversation", erasure.conversation())
                    .executeUpdate();
            erasure.removed("flipped-cases", flipped);
            datasets.taughtErased(erasure.conversation()).forEach(erasure::taughtBy);
        }
        models(erasure.taught()).forEach(erasure::learnedBy);
    }

    private Set<UUID> made(Collection<UUID> snapshots) {
        return new HashSet<>(database.createNativeQuery(
                        "select result_model_id from training_run"
                                + " where dataset_id = any(:snapshots) and result_model_id is not null",
                        UUID.class)
                .setParameter("snapshots", snapshots.toArray(UUID[]::new))
                .getResultList());
    }
}
