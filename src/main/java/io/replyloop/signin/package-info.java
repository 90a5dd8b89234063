/**
 * How team members join and sign in: invitations, passwords with their limits, the second step, sessions and their
 * cookie, the first admin's set-up link, and the same-origin rule. Another way to sign in, such as OpenID Connect, is
 * another authentication mechanism here that produces the same kind of identity.
 */
package io.replyloop.signin;
