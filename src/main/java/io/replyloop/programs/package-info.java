/**
 * Programs that use the REST interface: their tokens, what each may do, and how often. Admins make and revoke the tokens.
 */
package io.replyloop.programs;
