/**
 * The audit log: who of the team changed what, and when. Services add an entry in the transaction of the change, and
 * nothing ever changes one; admins read, filter and export it.
 */
package io.replyloop.audit;
