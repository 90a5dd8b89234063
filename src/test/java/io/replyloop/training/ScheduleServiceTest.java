package io.replyloop.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.dataset.ExampleService;
import io.replyloop.platform.Problem;
import jakarta.inject.Inject;
import java.time.Instant;
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

        assertEquals("0 3 * * *", changed.cron());
        assertEquals(
                3,
                changed.nextFireAt()
                        .atZone(java.time.ZoneId.of("Europe/Berlin"))
                        .getHour());
        assertEquals(changed, schedules.schedule());
    }

    @Test
    void only_a_run_that_came_to_its_end_uses_up_the_new_examples() {
        lab.conversations(10);
        long fresh = examples.summary().sinceLastRun();

        training.cancel(training.start(TrainingService.MANUAL, null, null).id());
        assertEquals(fresh, examples.summary().sinceLastRun());
        UUID failed = training.start(TrainingService.MANUAL, null, null).id();
        end(failed, "failed");
        assertEquals(fresh, examples.summary().sinceLastRun());
        due(10);
        assertEquals(ScheduleService.Firing.START, schedules.claim());

        end(training.start(TrainingService.MANUAL, null, null).id(), "succeeded");
        assertEquals(0, examples.summary().sinceLastRun());
        lab.conversations(1);
        assertEquals(fresh / 10, examples.summary().sinceLastRun());
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

        assertFalse(schedules.fireIfDue());
        assertNull(schedules.schedule().nextFireAt());
    }

    @Test
    void a_schedule_that_cannot_be_read_changes_nothing() {
        ScheduleView before = schedules.schedule();

        assertThrows(Problem.class, () -> schedules.change(new ScheduleView(true, "whenever", "UTC", 10, null)));
        assertThrows(Problem.class, () -> schedules.change(new ScheduleView(true, "0 3 * * *", "UTC", 0, null)));

        assertEquals(before, schedules.schedule());
    }

    @Test
    void of_several_nodes_one_fires_and_the_next_time_is_set() {
        lab.conversations(10);
        due(10);

        List<CompletableFuture<Boolean>> nodes = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> schedules.fireIfDue()))
                .limit(4)
                .toList();

        assertEquals(1, nodes.stream().filter(CompletableFuture::join).count());
        List<TrainingRunView> runs = training.runs();
        assertEquals(1, runs.size());
        assertEquals("schedule", runs.get(0).trigger());
        assertTrue(schedules.schedule().nextFireAt().isAfter(Instant.now()));
    }

    @Test
    void without_enough_new_examples_it_waits_for_the_next_time() {
        lab.conversations(10);
        due(51);

        assertTrue(schedules.fireIfDue());

        assertEquals(List.of(), training.runs());
        assertTrue(schedules.schedule().nextFireAt().isAfter(Instant.now()));
        assertFalse(schedules.fireIfDue());
    }

    @Test
    void while_a_run_is_active_it_starts_no_other() {
        lab.conversations(10);
        TrainingRunView active = training.start(TrainingService.MANUAL, null, null);
        lab.conversations(10);
        due(1);

        assertTrue(schedules.fireIfDue());

        assertEquals(
                List.of(active.id()),
                training.runs().stream().map(TrainingRunView::id).toList());
    }

    @Test
    void examples_of_one_conversation_only_are_no_reason_to_try_again_and_again() {
        lab.conversations(10);
        lab.change("update example set conversation_id = (select min(conversation_id::text)::uuid from example)");
        due(10);

        assertTrue(schedules.fireIfDue());

        assertEquals(List.of(), training.runs());
        assertTrue(schedules.schedule().nextFireAt().isAfter(Instant.now()));
        assertFalse(schedules.fireIfDue());
    }

    private void due(int minimum) {
        schedules.change(new ScheduleView(true, "0 3 * * *", "UTC", minimum, null));
        lab.change("update training_schedule set next_fire_at = now() - interval '1 hour'");
    }
}
