package io.replyloop.training;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.hibernate.Session;

/**
 * Announces that runs have ended. Most are ended by a worker, which is another process, maybe on another machine and of an
 * older version; so the nodes look, and the row remembers that one of them has announced it.
 */
@ApplicationScoped
class RunEndings {
    private final Session database;
    private final Event<RunFinished> finished;

    RunEndings(Session database, Event<RunFinished> finished) {
        this.database = database;
        this.finished = finished;
    }

    /** Those that nobody has announced yet, in the order in which they ended. Another node that does so is waited for. */
    @Transactional
    void announce() {
        database
                .createNativeQuery(
                        "update training_run set announced = true where finished_at is not null and not announced"
                                + " returning id, number, status, trigger, result_model_id,"
                                + " metrics ->> 'verdict' as verdict, error_code, started_at, finished_at",
                        Tuple.class)
                .getResultList()
                .stream()
                .map(RunEndings::ending)
                .sorted(Comparator.comparing(RunFinished::finishedAt))
                .forEach(finished::fire);
    }

    private static RunFinished ending(Tuple row) {
        return new RunFinished(
                row.get("id", UUID.class),
                row.get("number", Long.class),
                row.get("status", String.class),
                row.get("trigger", String.class),
                row.get("result_model_id", UUID.class),
                row.get("verdict", String.class),
                row.get("error_code", String.class),
                row.get("started_at", Instant.class),
                row.get("finished_at", Instant.class));
    }
}
