package io.replyloop.audit;

import java.util.Optional;

/**
 * The request in which something is done. Offered by the package that knows accounts, so that services need not hand
 * through who has asked.
 */
public interface AuditRequest {
    /** Whether a request is being answered at all; without one, the application acts by itself. */
    boolean isThere();

    /** Who is signed in; nobody where nobody is. */
    Optional<Actor> signedIn();

    /** The network address that it comes from, as limits count it. */
    Optional<String> address();
}
