package io.replyloop.dataset;

import java.util.Optional;
import java.util.UUID;

/** The dataset that a model has learned last. Offered by the package that keeps the training runs. */
public interface LearnedDataset {
    /** Condition on a row of {@code example}: the dataset {@code :learned}, or none, does not hold it. */
    String HAS_NOT_EXAMPLE = """
            not exists (
                select from snapshot_example s join dataset_part p on p.snapshot_example_id = s.id
                where s.example_id = example.id and p.dataset_id = cast(:learned as uuid)
                union all select from dataset_example d
                where d.example_id = example.id and d.dataset_id = cast(:learned as uuid))""";

    /** Of the newest run that trained and came to its end; one that was cancelled or failed has taught nobody anything. */
    Optional<UUID> newestLearned();
}
