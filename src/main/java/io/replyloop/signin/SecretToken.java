package io.replyloop.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** 256 random bits that only their holder has; the database knows the SHA-256, which is enough for what is not guessable. */
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

    /** What a token's session may be called where others hear it: its hash in hexadecimal, which opens nothing. */
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
