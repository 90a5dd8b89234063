package io.replyloop.training;

import io.replyloop.feedback.AcceptanceReader;
import io.replyloop.feedback.AcceptanceReader.Answer;
import io.replyloop.model.ModelRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Watches, after a promotion, whether agents take what the new model suggests as often as they took what the one before
 * did; what was measured on the day of the run need not hold for the weeks that follow.
 */
@ApplicationScoped
@Transactional
public class AcceptanceWatch {
    private static final int NEWEST = 300;

    private final Session database;
    private final ModelRegistry models;

    AcceptanceWatch(Session database, ModelRegistry models) {
        this.database = database;
        this.models = models;
    }

    /** Empty as long as one model alone has served. */
    public Optional<AcceptanceView> now() {
        return models.reign().map(this::view);
    }

    private AcceptanceView view(ModelRegistry.Reign reign) {
        List<Answer> before = database.doReturningWork(connection ->
                AcceptanceReader.newest(connection, reign.previous(), Instant.EPOCH, reign.since(), NEWEST));
        List<Answer> after = database.doReturningWork(connection -> AcceptanceReader.newest(
                connection, reign.model(), reign.since(), Instant.now().plusSeconds(1), NEWEST));
        if (!AcceptanceChange.isEnough(before) || !AcceptanceChange.isEnough(after)) {
            return view(reign, "too-few", after.size(), null);
        }
        AcceptanceChange change = AcceptanceChange.of(before, after);
        return view(reign, change.isDrop() ? "dropped" : "fine", after.size(), change);
    }

    private static AcceptanceView view(ModelRegistry.Reign reign, String state, int answers, AcceptanceChange change) {
        return new AcceptanceView(
                reign.number(),
                reign.previousNumber(),
                reign.previous(),
                state,
                answers,
                AcceptanceChange.FEWEST_ANSWERS,
                change == null ? null : change.before(),
                change == null ? null : change.after(),
                change == null ? null : change.low(),
                change == null ? null : change.high());
    }
}
