package io.replyloop.dataset;

import java.util.UUID;

/** A dataset that never changes again; {@code train} and {@code dev} count its examples. */
public record DatasetVersionView(UUID id, long number, int train, int dev) {}
