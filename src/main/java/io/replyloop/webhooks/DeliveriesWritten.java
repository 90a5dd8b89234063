package io.replyloop.webhooks;

/** Announced in the transaction that writes into the outbox; after its success there is something to send. */
record DeliveriesWritten() {}
