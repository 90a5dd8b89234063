package io.replyloop.signin;

import java.util.Locale;
import java.util.UUID;

/**
 * Somebody tries to sign in.
 *
 * @param account the SHA-256 of the e-mail address, whether or not there is such an account
 * @param device the browser, when this account's owner has signed in with it before; null for strangers
 */
record SignInAttempt(byte[] account, String address, UUID device) {
    static SignInAttempt on(String email, String address, UUID device) {
        return new SignInAttempt(hash(email), address, device);
    }

    static byte[] hash(String email) {
        return SecretToken.sha256(email.strip().toLowerCase(Locale.ROOT));
    }
}
