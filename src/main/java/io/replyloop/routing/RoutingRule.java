package io.replyloop.routing;

import java.util.UUID;

/**
 * Whose waiting conversations are given out in turn: a team's to its members, or those of a site that belong to no team to
 * everybody.
 *
 * @param team null for a site's
 * @param site null for a team's
 */
record RoutingRule(UUID team, UUID site, int acceptWithin) {}
