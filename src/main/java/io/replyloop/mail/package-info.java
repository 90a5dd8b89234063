/**
 * Mails that the application sends: written into an outbox in the transaction of the change that they tell of, and sent
 * after its commit over SMTP. Where no sender is configured, there are none.
 */
package io.replyloop.mail;
