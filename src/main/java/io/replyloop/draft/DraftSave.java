package io.replyloop.draft;

import java.time.Duration;
import java.util.UUID;

/**
 * The state of a draft as a client sends it.
 *
 * @param version of this state, made by the client
 * @param client the tab that sends it
 * @param base the version that was there before it was changed; null where there was none
 * @param age for how long it has been like this
 * @param aside what another device has written, which the agent has not dealt with yet; null where there is nothing
 */
public record DraftSave(UUID version, String client, UUID base, Duration age, DraftContent content, DraftText aside) {
    public static final int LONGEST_CLIENT = 64;
    public static final int LONGEST_TEXT = 16_000;
    public static final Duration LONGEST_AGE = Duration.ofDays(365);
}
