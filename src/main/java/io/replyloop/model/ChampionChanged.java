package io.replyloop.model;

import java.util.UUID;

/** A different model serves from now on; fired on every node after the promotion was committed. */
public record ChampionChanged(UUID model) {}
