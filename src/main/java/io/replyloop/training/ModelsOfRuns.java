package io.replyloop.training;

import io.replyloop.model.ModelsInUse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** What a run that waits or goes on starts from, or measures. */
@ApplicationScoped
@Transactional
public class ModelsOfRuns implements ModelsInUse {
    @Override
    public Set<UUID> models() {
        Set<UUID> models = new HashSet<>();
        TrainingRun.active().ifPresent(run -> {
            models.add(run.baseModelId);
            if (run.onlyMeasures()) {
                models.add(run.measuredModelId);
            }
        });
        return models;
    }

    @Override
    public Set<UUID> runs() {
        return TrainingRun.active().map(run -> Set.of(run.id)).orElseGet(Set::of);
    }
}
