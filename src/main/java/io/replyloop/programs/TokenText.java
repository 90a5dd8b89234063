package io.replyloop.programs;

import io.replyloop.identity.BearerToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token as its program keeps it: a beginning by which it is recognised, and 256 random bits. The database has its
 * SHA-256, which is enough for a secret that cannot be guessed.
 */
record TokenText(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int HINT = 4;

    static TokenText random() {
        byte[] noise = new byte[BYTES];
        RANDOM.nextBytes(noise);
        return new TokenText(
                BearerToken.PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(noise));
    }

    byte[] hash() {
        return sha256(text);
    }

    String hint() {
        return text.substring(text.length() - HINT);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /** Not the secret, wherever it is printed. */
    @Override
    public String toString() {
        return BearerToken.PREFIX + "…" + hint();
    }
}
