package io.replyloop.knowledge;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** When two texts say the same, and how a text is tidied before it is kept. */
public final class ReplyText {
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private ReplyText() {}

    /** Line ends of one kind and no space around it; null stays null. */
    public static String tidy(String text) {
        return text == null
                ? null
                : text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    /** The text without regard to case, width and spacing. */
    public static String normalised(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return SPACES.matcher(folded).replaceAll(" ").strip();
    }

    /** A digest that two texts share when they say the same; it fits into an index where a long text does not. */
    public static String key(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(normalised(text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java has SHA-256", missing);
        }
    }
}
