package io.replyloop.training;

import io.replyloop.dataset.LearnedDataset;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The dataset of the newest run that has succeeded. */
@ApplicationScoped
class LearnedByRuns implements LearnedDataset {
    private final Session database;

    LearnedByRuns(Session database) {
        this.database = database;
    }

    @Override
    @Transactional
    public Optional<UUID> newest() {
        return database.createNativeQuery(
                        "select dataset_id from training_run where status = 'succeeded'"
                                + " order by finished_at desc, number desc limit 1",
                        UUID.class)
                .uniqueResultOptional();
    }
}
