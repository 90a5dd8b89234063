package io.replyloop.training;

import io.quarkus.panache.common.Sort;
import io.replyloop.dataset.Material;
import io.replyloop.dataset.MaterialService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Says how far it is to the next useful run, what the next planned starts would do, and what came of the last ones. */
@ApplicationScoped
@Transactional
public class OutlookService {
    private static final int STARTS = 5;

    /** Two weeks even out that weekends are quieter. */
    private static final int PACE_DAYS = 14;

    private final MaterialService materials;
    private final TrainingMinimums minimums;

    OutlookService(MaterialService materials, TrainingConfig config) {
        this.materials = materials;
        this.minimums = TrainingMinimums.of(config);
    }

    public OutlookView outlook() {
        TrainingSchedule schedule = TrainingSchedule.get();
        Material material = materials.material();
        List<Requirement> missing = minimums.missing(material);
        Instant now = Instant.now();
        return new OutlookView(
                material.decisions(),
                material.freshDecisions(),
                schedule.minimumDecisions,
                missingDecisions(material, schedule.minimumDecisions),
                missing,
                !missing.isEmpty() && missing.stream().allMatch(Requirement::mayBeOverridden),
                schedule.quietHours()
                        .filter(hours -> hours.holdAt(now))
                        .map(hours -> hours.over(now))
                        .orElse(null),
                schedule.enabled ? upcoming(schedule, material, missing.isEmpty()) : List.of(),
                ScheduleOutcome.<ScheduleOutcome>findAll(Sort.descending("id")).stream()
                        .map(ScheduleOutcome::view)
                        .toList(),
                Runtime.getRuntime().availableProcessors());
    }

    /** The next five starts of a schedule that is not saved yet, or not saved so. */
    public List<UpcomingStart> preview(ScheduleView wanted) {
        Material material = materials.material();
        return upcoming(
                ScheduleSettings.checked(wanted),
                material,
                minimums.missing(material).isEmpty());
    }

    private long missingDecisions(Material material, long wanted) {
        return Math.max(0, Math.max(wanted - material.freshDecisions(), minimums.decisions() - material.decisions()));
    }

    private List<UpcomingStart> upcoming(TrainingSchedule schedule, Material material, boolean enough) {
        ScheduleRule rule = ScheduleRule.of(schedule.cron, schedule.timeZone);
        Optional<Double> pace = materials.decisionsPerDay(PACE_DAYS);
        return new Forecast(
                        rule, schedule.quietHours(), material.freshDecisions(), schedule.minimumDecisions, enough, pace)
                .next(Instant.now(), STARTS);
    }
}
