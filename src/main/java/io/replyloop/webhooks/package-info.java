/**
 * Tells other programs what happens here: events go into an outbox in the transaction of the change, and from there, signed
 * and in order, to the addresses that admins have named, until they are taken or a day has passed.
 */
package io.replyloop.webhooks;
