/**
 * How somebody of the team gets in: password sign-in with its limits, sessions and their cookie, the first admin's
 * set-up link, and the same-origin rule. Each further way in, such as OpenID Connect, is one more authentication
 * mechanism here that ends in the same kind of identity.
 */
package io.replyloop.signin;
