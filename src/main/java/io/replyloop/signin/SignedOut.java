package io.replyloop.signin;

/**
 * Somebody signed out. Fired inside the transaction; the session's open connections close after it committed.
 *
 * @param session as {@link SessionAuthentication#sessionOf} names it
 */
public record SignedOut(String session) {}
