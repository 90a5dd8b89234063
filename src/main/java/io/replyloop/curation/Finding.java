package io.replyloop.curation;

import java.util.List;

/**
 * Examples that somebody should look at together.
 *
 * @param probability that the reply of the one example fits; null where nobody has asked that
 */
record Finding(Queue queue, List<LookedAt> examples, Double probability) {}
