package io.replyloop.dataset;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Examples of imported history are taken back or erased; announced in that transaction, to whoever keeps something about
 * them.
 *
 * @param conversations whose examples go
 * @param examples of other conversations, which go as well
 */
public record PastExamplesForgotten(Collection<UUID> conversations, List<Long> examples) {}
