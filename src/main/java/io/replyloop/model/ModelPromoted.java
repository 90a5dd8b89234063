package io.replyloop.model;

import java.time.Instant;
import java.util.UUID;

/**
 * Fired inside the transaction that puts a model into service, and so on one node only.
 *
 * @param previous the model that served until then; null for the first one
 * @param previousNumber null without one
 * @param by the agent who did; null for the application
 * @param automatic whether a run did, as an admin has asked for
 */
public record ModelPromoted(
        UUID model, long number, UUID previous, Long previousNumber, UUID by, boolean automatic, Instant at) {}
