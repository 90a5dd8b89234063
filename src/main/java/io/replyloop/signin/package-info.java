/**
 * How team members join and sign in: invitations, passwords with their limits, the second step, sessions and their
 * cookie, the first admin's set-up link, and the same-origin rule. Other ways to sign in open a
 * session with {@link io.replyloop.signin.OtherSignIn}.
 */
package io.replyloop.signin;
