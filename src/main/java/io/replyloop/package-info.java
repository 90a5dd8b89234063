/** Replyloop: a customer-service chat whose reply suggestions get better by being used. */
package io.replyloop;
