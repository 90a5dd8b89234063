package io.replyloop.signin;

import io.replyloop.platform.RandomSecret;
import io.replyloop.platform.Sha256;
import java.util.HexFormat;

/**
 * 256 random bits known only to their holder. The database stores the SHA-256, which is enough for a secret that cannot
 * be guessed.
 */
record SecretToken(String text) {
    static SecretToken random() {
        return new SecretToken(RandomSecret.text());
    }

    byte[] hash() {
        return Sha256.of(text);
    }

    /** The public name of a token's session: its hash in hexadecimal, which grants no access. */
    static String nameOf(String text) {
        return HexFormat.of().formatHex(Sha256.of(text));
    }
}
