package io.replyloop.signin;

/**
 * Somebody has signed out. Fired inside the transaction; the session's open connections are closed after the commit.
 *
 * @param session the name of the session, as in {@link SessionAuthentication#sessionOf}
 */
public record SignedOut(String session) {}
