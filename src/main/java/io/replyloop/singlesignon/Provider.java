package io.replyloop.singlesignon;

import java.util.UUID;

/**
 * The provider as it is in force.
 *
 * @param revision another one with each change
 * @param clientSecret with which Replyloop shows the provider who it is
 * @param stateSecret encrypts what travels with the browser while somebody signs in
 */
record Provider(UUID revision, ProviderSettings settings, String clientSecret, String stateSecret) {
    String issuer() {
        return settings.issuer();
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "Provider[" + revision + ", " + settings + "]";
    }
}
