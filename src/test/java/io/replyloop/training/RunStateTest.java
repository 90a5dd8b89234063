package io.replyloop.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

        assertEquals(
                Map.of(
                        RunState.QUEUED, Set.of(RunState.RUNNING, RunState.FAILED, RunState.CANCELLED),
                        RunState.RUNNING,
                                Set.of(RunState.QUEUED, RunState.SUCCEEDED, RunState.FAILED, RunState.CANCELLED),
                        RunState.SUCCEEDED, Set.of(),
                        RunState.FAILED, Set.of(),
                        RunState.CANCELLED, Set.of()),
                next);
        assertEquals(List.of(RunState.QUEUED, RunState.RUNNING), RunState.active());
    }

    @Test
    void a_step_that_there_is_not_is_refused_by_name() {
        TrainingRun run = new TrainingRun();
        run.state = RunState.SUCCEEDED;

        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> run.end(RunState.CANCELLED));

        assertEquals("A run that is succeeded does not become cancelled", refusal.getMessage());
        assertEquals(RunState.SUCCEEDED, run.state);
    }

    @Test
    void states_are_written_as_they_always_were() {
        assertEquals(
                List.of("queued", "running", "succeeded", "failed", "cancelled"),
                Stream.of(RunState.values()).map(RunState::wireName).toList());
    }
}
