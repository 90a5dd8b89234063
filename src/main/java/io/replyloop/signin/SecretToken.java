package io.replyloop.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * 256 random bits known only to their holder. The database stores the SHA-256, which is enough for a secret that cannot
 * be guessed.
 */
record SecretToken(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static SecretToken random() {
        byte[] noise = new byte[BYTES];
        RANDOM.nextBytes(noise);
        return new SecretToken(Base64.getUrlEncoder().withoutPadding().encodeToString(noise));
    }

    byte[] hash() {
        return sha256(text);
    }

    /** The public name of a token's session: its hash in hexadecimal, which grants no access. */
    static String nameOf(String text) {
        return HexFormat.of().formatHex(sha256(text));
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }
}
