package io.replyloop.platform;

import java.security.SecureRandom;
import java.util.Base64;

/** 256 random bits as a text that fits into an address. */
public final class RandomSecret {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    /** Characters that each has. */
    public static final int LENGTH = 43;

    private RandomSecret() {}

    public static String text() {
        byte[] noise = new byte[BYTES];
        RANDOM.nextBytes(noise);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(noise);
    }
}
