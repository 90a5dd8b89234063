package io.replyloop.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a run may use, as the schedule's settings were when it was queued. A limit that is not set is null.
 *
 * @param maximumMinutes of learning, over all attempts and without waiting; measuring afterwards is not cut
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TrainingLimits")
public record RunLimits(
        @Schema(
                description =
                        "Minutes that it may learn, over all attempts; then it ends with the best state so far, or"
                                + " fails when it has not been through the examples once",
                examples = "120")
        Integer maximumMinutes,

        @Schema(description = "Cores that it may use", examples = "2")
        Integer cores) {

    static final RunLimits NONE = new RunLimits(null, null);

    public Optional<Duration> time() {
        return Optional.ofNullable(maximumMinutes).map(Duration::ofMinutes);
    }

    /** @param usual cores that a run would take without a limit */
    public int cores(int usual) {
        return cores == null ? usual : Math.min(usual, cores);
    }
}
