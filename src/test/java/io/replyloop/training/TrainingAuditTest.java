package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.junit.QuarkusTest;
import io.replyloop.audit.AuditEntries;
import io.replyloop.audit.AuditEntryView;
import io.replyloop.audit.AuditObject;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TrainingAuditTest {
    @Inject
    TrainingLab lab;

    @Inject
    TrainingService training;

    @Inject
    AuditEntries entries;

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
    void a_run_of_the_schedule_is_written_down_as_the_schedules() {
        lab.conversations(10);

        List<AuditEntryView> added =
                entries.addedBy(() -> training.start(TrainingService.SCHEDULE, null, TrainingOptions.DEFAULTS, true));

        assertThat(added).hasSize(1);
        assertThat(added.get(0).actorKind()).isEqualTo("schedule");
        assertThat(added.get(0).action()).isEqualTo("training.started");
        assertThat(added.get(0).objectKind()).isEqualTo(AuditObject.Kind.TRAINING_RUN.wireName());
        assertThat(added.get(0).after().path("train").asInt()).isPositive();
    }

    @Test
    void a_run_that_cannot_start_leaves_no_entry() {
        List<AuditEntryView> added = entries.addedBy(() -> assertThatThrownBy(
                () -> training.start(TrainingService.SCHEDULE, null, TrainingOptions.DEFAULTS, false)));

        assertThat(added).isEqualTo(List.of());
    }

    @Test
    void a_run_that_is_told_to_stop_twice_is_cancelled_once() {
        lab.conversations(10);
        TrainingRunView run = training.start(TrainingService.MANUAL, null, TrainingOptions.DEFAULTS, true);
        lab.change("update training_run set status = 'running', worker = 'w', attempt = 1, heartbeat_at = now()");

        List<AuditEntryView> added = entries.addedBy(() -> {
            training.cancel(run.id());
            training.cancel(run.id());
        });

        assertThat(added).extracting(AuditEntryView::action).isEqualTo(List.of("training.cancelled"));
    }
}
