package io.replyloop.knowledge;

import io.replyloop.platform.Sha256;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Compares texts, and tidies them before they are stored. */
public final class ReplyText {
    private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private ReplyText() {}

    /** Unifies line breaks and strips surrounding whitespace; null stays null. */
    public static String tidy(String text) {
        return text == null
                ? null
                : text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    /** Normalises case, width and spacing. */
    public static String normalised(String text) {
        String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return SPACES.matcher(folded).replaceAll(" ").strip();
    }

    /**
     * A digest that is equal for texts that are equal after normalisation; unlike a long text, it fits into an index.
     */
    public static String key(String text) {
        return HexFormat.of().formatHex(Sha256.of(normalised(text)));
    }
}
