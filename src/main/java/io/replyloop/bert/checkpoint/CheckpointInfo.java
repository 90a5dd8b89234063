package io.replyloop.bert.checkpoint;

/** A summary of a checkpoint, in the terms of its {@code config.json}. */
public record CheckpointInfo(
        String family,
        int layers,
        int hidden,
        int heads,
        int labels,
        long parameters,
        int vocabularySize,
        int maxLength) {}
