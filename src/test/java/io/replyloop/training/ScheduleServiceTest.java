package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
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

@QuarkusTest
class ScheduleServiceTest {
    @Inject
    ScheduleService schedules;

    @Inject
    TrainingService training;

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
        ScheduleView changed = schedules.change(new ScheduleView(true, " 0 3 * * * ", "Europe/Berlin", 10, null));

        assertThat(changed.cron()).isEqualTo("0 3 * * *");
        assertThat(changed.nextFireAt().atZone(ZoneId.of("Europe/Berlin")).getHour())
                .isEqualTo(3);
        assertThat(schedules.schedule()).isEqualTo(changed);
    }

    @Test
    void only_a_run_that_came_to_its_end_uses_up_the_new_examples() {
        lab.conversations(10);
        long fresh = examples.summary().sinceLastRun();

        training.cancel(training.start(TrainingService.MANUAL, null, null).id());
        assertThat(examples.summary().sinceLastRun()).isEqualTo(fresh);
        UUID failed = training.start(TrainingService.MANUAL, null, null).id();
        end(failed, "failed");
        assertThat(examples.summary().sinceLastRun()).isEqualTo(fresh);
        due(10);
        assertThat(schedules.claim()).isEqualTo(ScheduleService.Firing.START);

        end(training.start(TrainingService.MANUAL, null, null).id(), "succeeded");
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
        schedules.change(new ScheduleView(false, "0 3 * * *", "UTC", 5, null));

        assertThat(schedules.fireIfDue()).isFalse();
        assertThat(schedules.schedule().nextFireAt()).isNull();
    }

    @Test
    void a_schedule_that_cannot_be_read_changes_nothing() {
        ScheduleView before = schedules.schedule();

        assertThatThrownBy(() -> schedules.change(new ScheduleView(true, "whenever", "UTC", 10, null)))
                .isInstanceOf(Problem.class);
        assertThatThrownBy(() -> schedules.change(new ScheduleView(true, "0 3 * * *", "UTC", 0, null)))
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
        TrainingRunView active = training.start(TrainingService.MANUAL, null, null);
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

    private void due(int minimum) {
        schedules.change(new ScheduleView(true, "0 3 * * *", "UTC", minimum, null));
        lab.change("update training_schedule set next_fire_at = now() - interval '1 hour'");
    }
}
