package io.replyloop.model;

import java.util.UUID;

/** Another model serves from now on; announced on every node, after the promotion was committed. */
public record ChampionChanged(UUID model) {}
