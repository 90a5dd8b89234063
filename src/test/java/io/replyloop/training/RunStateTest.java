package io.replyloop.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RunStateTest {
    @Test
    void a_run_is_claimed_ended_or_queued_again_and_stays_as_it_ended() {
        Map<RunState, Set<RunState>> next = Stream.of(RunState.values())
                .collect(Collectors.toMap(
                        state -> state,
                        state -> Stream.of(RunState.values())
                                .filter(state::mayBecome)
                                .collect(Collectors.toSet())));

        assertThat(next)
                .isEqualTo(Map.of(
                        RunState.QUEUED, Set.of(RunState.RUNNING, RunState.FAILED, RunState.CANCELLED),
                        RunState.RUNNING,
                                Set.of(RunState.QUEUED, RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED),
                        RunState.SUCCEEDED, Set.of(),
                        RunState.FAILED, Set.of(),
                        RunState.CANCELLED, Set.of()));
        assertThat(RunState.active()).isEqualTo(List.of(RunState.QUEUED, RunState.RUNNING));
    }

    @Test
    void a_step_that_there_is_not_is_refused_by_name() {
        TrainingRun run = new TrainingRun();
        run.state = RunState.SUCCEEDED;

        IllegalStateException refusal = assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> run.end(RunState.CANCELLED))
                .actual();

        assertThat(refusal.getMessage()).isEqualTo("A run that is succeeded does not become cancelled");
        assertThat(run.state).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void states_are_written_as_they_always_were() {
        assertThat(Stream.of(RunState.values()).map(RunState::wireName).toList())
                .isEqualTo(List.of("queued", "running", "succeeded", "failed", "cancelled"));
    }
}
