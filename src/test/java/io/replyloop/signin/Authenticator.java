package io.replyloop.signin;

import java.time.Instant;
import java.util.Locale;

/** What people have on their phones. */
public final class Authenticator {
    private Authenticator() {}

    /** The code that it shows so many steps from now. */
    public static String code(String secret, int steps) {
        return OneTimeCodes.code(bytes(secret), OneTimeCodes.step(Instant.now()) + steps);
    }

    static byte[] bytes(String base32) {
        StringBuilder bits = new StringBuilder();
        for (char letter : base32.toCharArray()) {
            int value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter);
            bits.append(String.format(Locale.ROOT, "%5s", Integer.toBinaryString(value))
                    .replace(' ', '0'));
        }
        byte[] bytes = new byte[bits.length() / 8];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) Integer.parseInt(bits.substring(at * 8, at * 8 + 8), 2);
        }
        return bytes;
    }
}
