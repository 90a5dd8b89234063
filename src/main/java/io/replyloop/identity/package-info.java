/** Identities: the team's accounts and roles, and customers with their signed tokens, which can be revoked. */
package io.replyloop.identity;
