package io.replyloop.identity;

import java.util.UUID;

/**
 * Customers may have lost their access: it is to be looked at who of those that are connected. Fired inside the
 * transaction.
 *
 * @param site whose customers; null when it is a single one
 * @param customer the single one; null when it is a site's
 */
public record CustomersRevoked(UUID site, UUID customer) {}
