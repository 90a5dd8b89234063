package io.replyloop.ranking;

import io.replyloop.model.ModelCheck;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** Refuses a model with an unusable {@code ranking.json} before it can serve, rather than when it is loaded. */
@Singleton
class RankingFileCheck implements ModelCheck {
    @Override
    public void check(Path directory) {
        try {
            FinalScore.of(directory);
        } catch (UnusableModel unusable) {
            throw new Problem(
                    ProblemCode.MODEL_DAMAGED, unusable.getMessage() + ". Mend the file, or leave it out.", unusable);
        }
    }
}
