package io.replyloop.training;

import io.quarkus.scheduler.Scheduled;
import io.replyloop.audit.AuditAction;
import io.replyloop.audit.AuditDetails;
import io.replyloop.audit.AuditLog;
import io.replyloop.audit.AuditObject;
import io.replyloop.dataset.Material;
import io.replyloop.dataset.MaterialService;
import io.replyloop.platform.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hibernate.Session;
import org.jboss.logging.Logger;

/**
 * Starts runs by the clock. Every node looks; the row that names the next time is locked by the first and skipped by
 * the others, and carries the time after that once the first is done. A time that passed while nothing ran fires once.
 * What came of each planned start is kept, and the page shows it.
 */
@ApplicationScoped
public class ScheduleService {
    private static final Logger LOG = Logger.getLogger(ScheduleService.class);
    private static final int OUTCOMES_KEPT = 20;

    /** Nodes look every few seconds, and a busy one may take its time: what is later than this was missed. */
    private static final Duration LATE = Duration.ofMinutes(2);

    /** Of a schedule of every minute, some thousands are missed in a weekend; beyond this, the number says nothing. */
    private static final int MISSED_COUNTED = 10_000;

    private final Session database;
    private final TrainingService training;
    private final MaterialService materials;
    private final TrainingMinimums minimums;
    private final ScheduleService self;
    private final AuditLog audit;

    ScheduleService(
            Session database,
            TrainingService training,
            MaterialService materials,
            TrainingConfig config,
            ScheduleService self,
            AuditLog audit) {
        this.database = database;
        this.training = training;
        this.materials = materials;
        this.minimums = TrainingMinimums.of(config);
        this.self = self;
        this.audit = audit;
    }

    @Transactional
    public ScheduleView schedule() {
        return view(TrainingSchedule.get());
    }

    @Transactional
    public ScheduleView change(ScheduleView wanted) {
        TrainingSchedule checked = ScheduleSettings.checked(wanted);
        ScheduleRule rule = ScheduleRule.of(checked.cron, checked.timeZone);
        TrainingSchedule schedule = TrainingSchedule.get();
        Map<String, Object> before = schedule.settings();
        schedule.enabled = checked.enabled;
        schedule.cron = checked.cron;
        schedule.timeZone = checked.timeZone;
        schedule.setMinimumDecisions(checked.minimumDecisions);
        schedule.quietFrom = checked.quietFrom;
        schedule.quietUntil = checked.quietUntil;
        schedule.maximumMinutes = checked.maximumMinutes;
        schedule.cores = checked.cores;
        schedule.changedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);
        schedule.nextFireAt = schedule.enabled ? rule.next(Instant.now()).orElseThrow() : null;
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
        Optional<Firing> firing = self.claim();
        firing.filter(Firing::start).ifPresent(this::start);
        return firing.isPresent();
    }

    /**
     * @param outcome id of the row in which stands what came of it
     * @param start whether a run should start now
     */
    record Firing(long outcome, boolean start) {}

    /** By itself: a run that cannot start must not take the next time back with it. */
    private void start(Firing firing) {
        try {
            TrainingRunView run = training.start(TrainingService.SCHEDULE, null, TrainingOptions.DEFAULTS, false);
            self.cameOf(firing, outcome -> {
                outcome.outcome = StartOutcome.STARTED;
                outcome.runId = run.id();
                outcome.runNumber = run.number();
            });
        } catch (Problem obstacle) {
            LOG.infof("Scheduled training skipped: %s", obstacle.getMessage());
            self.cameOf(firing, outcome -> explain(outcome, obstacle));
        }
    }

    /** Sets the next time if this one has come, and says whether a run should start now. */
    @Transactional
    Optional<Firing> claim() {
        List<TrainingSchedule> due = database.createNativeQuery(
                        "select * from training_schedule where enabled and next_fire_at <= now()"
                                + " for update skip locked",
                        TrainingSchedule.class)
                .getResultList();
        if (due.isEmpty()) {
            return Optional.empty();
        }
        TrainingSchedule schedule = due.get(0);
        ScheduleRule rule = ScheduleRule.of(schedule.cron, schedule.timeZone);
        Instant now = Instant.now();
        ScheduleOutcome outcome = new ScheduleOutcome();
        outcome.plannedAt = schedule.nextFireAt;
        outcome.lookedAt = now;
        outcome.missed = missed(rule, schedule.nextFireAt, now);
        schedule.nextFireAt = rule.next(now).orElse(null);
        long fresh = materials.material().freshDecisions();
        boolean start = fresh >= schedule.minimumDecisions;
        // Until it is known better: it stays so if this node ends before the run is queued.
        outcome.outcome = start ? StartOutcome.INTERRUPTED : StartOutcome.TOO_FEW_NEW;
        outcome.have = fresh;
        outcome.need = (long) schedule.minimumDecisions;
        outcome.persistAndFlush();
        ScheduleOutcome.delete("id <= ?1", outcome.id - OUTCOMES_KEPT);
        if (!start) {
            LOG.infof("Scheduled training skipped: %d new decisions, %d wanted", fresh, schedule.minimumDecisions);
        }
        return Optional.of(new Firing(outcome.id, start));
    }

    @Transactional
    void cameOf(Firing firing, Consumer<ScheduleOutcome> change) {
        // Gone only if 20 others came after it meanwhile.
        ScheduleOutcome.<ScheduleOutcome>findByIdOptional(firing.outcome()).ifPresent(change);
    }

    private void explain(ScheduleOutcome outcome, Problem obstacle) {
        outcome.outcome = switch (obstacle.code()) {
            case ALREADY_RUNNING -> StartOutcome.RUN_ACTIVE;
            case NO_MODEL -> StartOutcome.NO_MODEL;
            case TOO_FEW_EXAMPLES, TOO_FEW_CONVERSATIONS -> StartOutcome.TOO_LITTLE;
            default -> StartOutcome.REFUSED;
        };
        outcome.have = null;
        outcome.need = null;
        if (outcome.outcome == StartOutcome.RUN_ACTIVE) {
            TrainingRun.active().ifPresent(run -> outcome.runNumber = run.number);
        }
        if (outcome.outcome == StartOutcome.TOO_LITTLE) {
            Material material = materials.material();
            minimums.missing(material).stream().findFirst().ifPresent(missing -> {
                outcome.rule = missing.rule().wireName();
                outcome.have = missing.have();
                outcome.need = missing.need();
            });
        }
    }

    private static int missed(ScheduleRule rule, Instant planned, Instant now) {
        if (planned.plus(LATE).isAfter(now)) {
            return 0;
        }
        int missed = 0;
        Optional<Instant> at = Optional.of(planned);
        while (at.filter(time -> !time.isAfter(now)).isPresent() && missed < MISSED_COUNTED) {
            missed++;
            at = rule.next(at.get());
        }
        return missed;
    }

    private static ScheduleView view(TrainingSchedule schedule) {
        return new ScheduleView(
                schedule.enabled,
                schedule.cron,
                schedule.timeZone,
                schedule.minimumDecisions,
                schedule.quietFrom,
                schedule.quietUntil,
                schedule.maximumMinutes,
                schedule.cores,
                schedule.changedAt,
                schedule.nextFireAt);
    }
}
