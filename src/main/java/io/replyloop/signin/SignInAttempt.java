package io.replyloop.signin;

import io.replyloop.platform.Sha256;
import java.util.Locale;
import java.util.UUID;

/**
 * An attempt to sign in.
 *
 * @param account the SHA-256 of the e-mail address, whether or not the account exists
 * @param device the browser, if the account's owner has signed in with it before; null for strangers
 */
record SignInAttempt(byte[] account, String address, UUID device) {
    static SignInAttempt on(String email, String address, UUID device) {
        return new SignInAttempt(hash(email), address, device);
    }

    static byte[] hash(String email) {
        return Sha256.of(email.strip().toLowerCase(Locale.ROOT));
    }
}
