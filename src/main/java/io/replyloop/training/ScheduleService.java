package io.replyloop.training;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.dataset.ExampleService;
import io.replyloop.platform.FieldRule;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Starts runs by the clock. Every node looks; the row that names the next time is locked by the first and skipped by
 * the others, and carries the time after that once the first is done. A time that passed while nothing ran fires once.
 */
@ApplicationScoped
public class ScheduleService {
    private static final Logger LOG = Logger.getLogger(ScheduleService.class);
    private static final int MOST_EXAMPLES = 10_000_000;

    private final Session database;
    private final TrainingService training;
    private final ExampleService examples;
    private final ScheduleService self;
    private final AuditLog audit;

    ScheduleService(
            Session database, TrainingService training, ExampleService examples, ScheduleService self, AuditLog audit) {
        this.database = database;
        this.training = training;
        this.examples = examples;
        this.self = self;
        this.audit = audit;
    }

    @Transactional
    public ScheduleView schedule() {
        return view(TrainingSchedule.findById(true));
    }

    @Transactional
    public ScheduleView change(ScheduleView wanted) {
        if (wanted == null || wanted.enabled() == null || wanted.minimumExamples() == null) {
            throw new Problem(ProblemCode.INVALID, "A schedule needs enabled, cron, timeZone and minimumExamples.");
        }
        if (wanted.minimumExamples() < 1 || wanted.minimumExamples() > MOST_EXAMPLES) {
            throw Problem.ofField(
                    ProblemCode.INVALID,
                    "minimumExamples",
                    wanted.minimumExamples() < 1 ? FieldRule.TOO_SMALL : FieldRule.TOO_GREAT,
                    Map.of("min", 1, "max", MOST_EXAMPLES),
                    "The smallest number of new examples must lie between 1 and " + MOST_EXAMPLES + ".");
        }
        ScheduleRule rule = ScheduleRule.of(wanted.cron(), wanted.timeZone());
        TrainingSchedule schedule = TrainingSchedule.findById(true);
        Map<String, Object> before = schedule.settings();
        schedule.enabled = wanted.enabled();
        schedule.cron = wanted.cron().strip();
        schedule.timeZone = wanted.timeZone().strip();
        schedule.minimumExamples = wanted.minimumExamples();
        schedule.nextFireAt =
                schedule.enabled ? rule.next(Instant.now(Clock.systemUTC())).orElseThrow() : null;
        AuditDetails changes = AuditDetails.between(before, schedule.settings());
        if (!changes.isEmpty()) {
            audit.record(
                    AuditAction.TRAINING_SCHEDULE_CHANGED,
                    AuditObject.theOnly(AuditObject.Kind.TRAINING_SCHEDULE),
                    changes);
        }
        return view(schedule);
    }

    @Scheduled(
            every = "${replyloop.training.schedule-check:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        try {
            self.fireIfDue();
        } catch (RuntimeException failure) {
            LOG.warnf("The training schedule could not be looked at, and will be again: %s", failure.getMessage());
        }
    }

    /** @return whether this node was the one that fired */
    boolean fireIfDue() {
        Firing firing = self.claim();
        if (firing == Firing.START) {
            // By itself: a run that cannot start must not take the next time back with it.
            try {
                training.start(TrainingService.SCHEDULE, null, TrainingOptions.DEFAULTS);
            } catch (Problem obstacle) {
                LOG.infof("Scheduled training skipped: %s", obstacle.getMessage());
            }
        }
        return firing != Firing.NONE;
    }

    enum Firing {
        NONE,
        SKIP,
        START
    }

    /** Sets the next time if this one has come, and says whether a run should start now. */
    @Transactional
    Firing claim() {
        List<TrainingSchedule> due = database.createNativeQuery(
                        "select * from training_schedule where enabled and next_fire_at <= now()"
                                + " for update skip locked",
                        TrainingSchedule.class)
                .getResultList();
        if (due.isEmpty()) {
            return Firing.NONE;
        }
        TrainingSchedule schedule = due.get(0);
        schedule.nextFireAt = ScheduleRule.of(schedule.cron, schedule.timeZone)
                .next(Instant.now())
                .orElse(null);
        long fresh = examples.summary().sinceLastRun();
        if (fresh < schedule.minimumExamples) {
            LOG.infof("Scheduled training skipped: %d new examples, %d wanted", fresh, schedule.minimumExamples);
            return Firing.SKIP;
        }
        return Firing.START;
    }

    private static ScheduleView view(TrainingSchedule schedule) {
        return new ScheduleView(
                schedule.enabled, schedule.cron, schedule.timeZone, schedule.minimumExamples, schedule.nextFireAt);
    }
}
