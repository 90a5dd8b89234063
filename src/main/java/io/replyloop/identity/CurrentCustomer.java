package io.replyloop.identity;

import io.quarkus.security.identity.SecurityIdentity;
import java.util.Optional;

/** The customer who makes a request, where customers may make one. */
public final class CurrentCustomer {
    /** For {@code @RolesAllowed}. */
    public static final String ROLE = "customer";

    static final String ATTRIBUTE = "replyloop.customer";

    private CurrentCustomer() {}

    /** Empty for everybody else. */
    public static Optional<CustomerPass> of(SecurityIdentity identity) {
        return Optional.ofNullable(identity.<CustomerPass>getAttribute(ATTRIBUTE));
    }
}
