package io.replyloop.identity;

import java.util.UUID;

/**
 * Customers may have lost access, so those that are connected have to be checked. Fired inside the transaction.
 *
 * @param site the site whose customers are affected; null for a single customer
 * @param customer the single customer; null for all of a site
 */
public record CustomersRevoked(UUID site, UUID customer) {}
