package io.replyloop.draft;

import java.util.UUID;

/**
 * A draft was saved or is gone.
 *
 * @param draft null when there is none any more
 * @param revision in the order of changes
 */
public record DraftChanged(UUID agent, UUID conversation, long revision, DraftView draft) {}
