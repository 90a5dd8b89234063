package io.replyloop.draft;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.UUID;

/**
 * A draft as the agent's devices see it.
 *
 * @param id the version
 * @param client the tab that has saved it
 * @param age for how long it has been like this, in milliseconds
 * @param aside what would have been written over, because two devices wrote at the same time; null for nothing
 */
public record DraftView(
        UUID id,
        long revision,
        String client,
        long age,
        @JsonUnwrapped DraftContent content,
        DraftText aside) {}
