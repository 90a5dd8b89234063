package io.replyloop.dataset;

import java.util.UUID;

/**
 * A snapshot of the examples that never changes again but by erasure.
 *
 * @param train how many examples there are to learn from
 * @param dev how many to choose with
 * @param test how many to measure with
 * @param leftOut how many nearly repeat a question of the test part
 * @param contentHash SHA-256 of all that was frozen; null for versions of older releases
 * @param erased how many examples have lost their texts since, because a customer was erased
 */
public record DatasetVersionView(
        UUID id, long number, int train, int dev, int test, int leftOut, String contentHash, long erased) {}
