package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.dataset.ExampleService;
import io.replyloop.platform.Problem;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ScheduleServiceTest {
    @Inject
    ScheduleService schedules;

    @Inject
    TrainingService training;

    @Inject
    OutlookService outlooks;

    @Inject
    TrainingLab lab;

    @Inject
    ExampleService examples;

    @Inject
    Session database;

    @BeforeEach
    void setUp() {
        lab.setUp();
        lab.champion();
    }

    @AfterEach
    void tearDown() {
        lab.tearDown();
    }

    @Test
    void a_schedule_says_when_it_fires_next() {
        ScheduleView changed = schedules.change(daily(true, " 0 3 * * * ", "Europe/Berlin", 10));

        assertThat(changed.cron()).isEqualTo("0 3 * * *");
        assertThat(changed.nextFireAt().atZone(ZoneId.of("Europe/Berlin")).getHour())
                .isEqualTo(3);
        assertThat(schedules.schedule()).isEqualTo(changed);
    }

    @Test
    void only_a_run_that_came_to_its_end_uses_up_the_new_examples() {
        lab.conversations(10);
        long fresh = examples.summary().sinceLastRun();

        training.cancel(
                training.start(TrainingService.MANUAL, null, null, false).id());
        assertThat(examples.summary().sinceLastRun()).isEqualTo(fresh);
        UUID failed = training.start(TrainingService.MANUAL, null, null, false).id();
        end(failed, "failed");
        assertThat(examples.summary().sinceLastRun()).isEqualTo(fresh);
        due(10);
        assertThat(schedules.claim()).get().matches(ScheduleService.Firing::start);

        end(training.start(TrainingService.MANUAL, null, null, false).id(), "succeeded");
        assertThat(examples.summary().sinceLastRun()).isEqualTo(0);
        lab.conversations(1);
        assertThat(examples.summary().sinceLastRun()).isEqualTo(fresh / 10);
    }

    private void end(UUID run, String status) {
        QuarkusTransaction.requiringNew()
                .run(() -> database.createNativeMutationQuery(
                                "update training_run set status = :status, finished_at = now() where id = :run")
                        .setParameter("status", status)
                        .setParameter("run", run)
                        .executeUpdate());
    }

    @Test
    void one_that_is_switched_off_fires_never() {
        due(5);
        schedules.change(daily(false, "0 3 * * *", "UTC", 5));

        assertThat(schedules.fireIfDue()).isFalse();
        assertThat(schedules.schedule().nextFireAt()).isNull();
    }

    @Test
    void a_schedule_that_cannot_be_read_changes_nothing() {
        ScheduleView before = schedules.schedule();

        assertThatThrownBy(() -> schedules.change(daily(true, "whenever", "UTC", 10)))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> schedules.change(daily(true, "0 3 * * *", "UTC", 0)))
                .isInstanceOf(Problem.class);

        assertThat(schedules.schedule()).isEqualTo(before);
    }

    @Test
    void of_several_nodes_one_fires_and_the_next_time_is_set() {
        lab.conversations(10);
        due(10);

        List<CompletableFuture<Boolean>> nodes = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> schedules.fireIfDue()))
                .limit(4)
                .toList();

        assertThat(nodes.stream().filter(CompletableFuture::join).count()).isEqualTo(1);
        List<TrainingRunView> runs = training.runs();
        assertThat(runs.size()).isEqualTo(1);
        assertThat(runs.get(0).trigger()).isEqualTo("schedule");
        assertThat(schedules.schedule().nextFireAt().isAfter(Instant.now())).isTrue();
    }

    @Test
    void without_enough_new_examples_it_waits_for_the_next_time() {
        lab.conversations(10);
        due(51);

        assertThat(schedules.fireIfDue()).isTrue();

        assertThat(training.runs()).isEqualTo(List.of());
        assertThat(schedules.schedule().nextFireAt().isAfter(Instant.now())).isTrue();
        assertThat(schedules.fireIfDue()).isFalse();
    }

    @Test
    void while_a_run_is_active_it_starts_no_other() {
        lab.conversations(10);
        TrainingRunView active = training.start(TrainingService.MANUAL, null, null, false);
        lab.conversations(10);
        due(1);

        assertThat(schedules.fireIfDue()).isTrue();

        assertThat(training.runs().stream().map(TrainingRunView::id).toList()).isEqualTo(List.of(active.id()));
    }

    @Test
    void examples_of_one_conversation_only_are_no_reason_to_try_again_and_again() {
        lab.conversations(10);
        lab.change("update example set conversation_id = (select min(conversation_id::text)::uuid from example)");
        due(10);

        assertThat(schedules.fireIfDue()).isTrue();

        assertThat(training.runs()).isEqualTo(List.of());
        assertThat(schedules.schedule().nextFireAt().isAfter(Instant.now())).isTrue();
        assertThat(schedules.fireIfDue()).isFalse();
    }

    private static ScheduleView daily(boolean enabled, String cron, String zone, int minimum) {
        return new ScheduleView(enabled, cron, zone, minimum, null, null, null, null, null, null);
    }

    private static ScheduleView withQuietHours(String from, String until) {
        return new ScheduleView(true, "0 3 * * *", "UTC", 10, from, until, 90, 2, null, null);
    }

    @Test
    void quiet_hours_and_limits_are_kept_and_can_be_taken_away_again() {
        ScheduleView changed = schedules.change(withQuietHours(" 08:00", "18:30"));

        assertThat(changed.quietFrom()).isEqualTo("08:00");
        assertThat(changed.quietUntil()).isEqualTo("18:30");
        assertThat(changed.maximumMinutes()).isEqualTo(90);
        assertThat(changed.cores()).isEqualTo(2);
        assertThat(changed.changedAt()).isNotNull();

        due(10);
        assertThat(schedules.schedule().quietFrom()).isNull();
        assertThat(schedules.schedule().maximumMinutes()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "08:00,, quietUntil",
        ", 18:00, quietFrom",
        "25:00, 18:00, quietFrom",
        "08:00, 08:00, quietUntil",
        "08:00, 07:00, quietUntil"
    })
    void quiet_hours_that_are_none_or_leave_no_time_are_refused_by_the_field(String from, String until, String field) {
        assertThatExceptionOfType(Problem.class)
                .isThrownBy(() -> schedules.change(withQuietHours(from, until)))
                .satisfies(problem ->
                        assertThat(problem.violations().get(0).field()).isEqualTo(field));
    }

    @Test
    void what_came_of_a_start_is_kept_with_the_reason() {
        due(5);
        schedules.fireIfDue();
        lab.conversations(10);
        due(11);
        schedules.fireIfDue();
        due(5);
        schedules.fireIfDue();
        lab.conversations(10);
        due(5);
        schedules.fireIfDue();

        TrainingRunView run = training.runs().get(0);
        List<ScheduleOutcomeView> outcomes = outlooks.outlook().outcomes();
        assertThat(outcomes)
                .extracting(ScheduleOutcomeView::outcome)
                .containsExactly(
                        StartOutcome.RUN_ACTIVE,
                        StartOutcome.STARTED,
                        StartOutcome.TOO_FEW_NEW,
                        StartOutcome.TOO_FEW_NEW);
        assertThat(outcomes).extracting(ScheduleOutcomeView::runNumber).startsWith(run.number(), run.number());
        assertThat(outcomes.get(1).run()).isEqualTo(run.id());
        assertThat(outcomes.get(2).have()).isEqualTo(10);
        assertThat(outcomes.get(2).need()).isEqualTo(11);
    }

    @Test
    void a_start_that_was_missed_says_how_often_and_is_made_good_once() {
        due(5);
        lab.change("update training_schedule set cron = '0 * * * *',"
                + " next_fire_at = date_trunc('hour', now()) - interval '3 hours'");

        assertThat(schedules.fireIfDue()).isTrue();
        assertThat(schedules.fireIfDue()).isFalse();

        List<ScheduleOutcomeView> outcomes = outlooks.outlook().outcomes();
        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0).missed()).isEqualTo(4);
        assertThat(outcomes.get(0).plannedAt()).isBefore(outcomes.get(0).lookedAt());
    }

    @Test
    void of_what_came_of_starts_the_newest_twenty_are_kept() {
        for (int i = 0; i < 23; i++) {
            due(5);
            schedules.fireIfDue();
        }

        assertThat(outlooks.outlook().outcomes()).hasSize(20);
    }

    @Test
    void one_sided_examples_skip_the_start_and_say_what_is_missing() {
        lab.conversations(10);
        lab.change("update example set excluded = true where label < 0.5");
        due(5);

        schedules.fireIfDue();

        ScheduleOutcomeView outcome = outlooks.outlook().outcomes().get(0);
        assertThat(outcome.outcome()).isEqualTo(StartOutcome.TOO_LITTLE);
        assertThat(outcome.rule()).isEqualTo("not-fitting");
        assertThat(outcome.have()).isEqualTo(0);
        assertThat(outlooks.outlook().mayStartAnyway()).isFalse();
    }

    @Test
    void the_outlook_counts_decisions_until_the_next_useful_run_and_looks_five_starts_ahead() {
        lab.conversations(4);
        due(10);

        OutlookView outlook = outlooks.outlook();

        assertThat(outlook.newDecisions()).isEqualTo(4);
        assertThat(outlook.missingDecisions()).isEqualTo(6);
        assertThat(outlook.missing()).isEmpty();
        assertThat(outlook.upcoming()).hasSize(5);
        assertThat(outlook.upcoming().get(0).prospect()).isEqualTo(UpcomingStart.Prospect.TOO_FEW_NEW);
        assertThat(outlook.quietUntil()).isNull();

        lab.quiet(true);
        assertThat(outlooks.outlook().quietUntil()).isAfter(Instant.now());
        schedules.change(daily(false, "0 3 * * *", "UTC", 10));
        assertThat(outlooks.outlook().upcoming()).isEmpty();
    }

    private void due(int minimum) {
        schedules.change(daily(true, "0 3 * * *", "UTC", minimum));
        lab.change("update training_schedule set next_fire_at = now() - interval '1 hour'");
    }
}
