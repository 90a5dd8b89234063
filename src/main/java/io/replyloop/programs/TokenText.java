package io.replyloop.programs;

import io.replyloop.platform.BearerToken;
import io.replyloop.platform.RandomSecret;
import io.replyloop.platform.Sha256;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token as its program keeps it: a beginning by which it is recognised, and 256 random bits. The database has its
 * SHA-256, which is enough for a secret that cannot be guessed.
 */
record TokenText(String text) {
    private static final Pattern SHAPE =
            Pattern.compile(BearerToken.PREFIX + "[A-Za-z0-9_-]{" + RandomSecret.LENGTH + "}");
    private static final int HINT = 4;

    static TokenText random() {
        return new TokenText(BearerToken.PREFIX + RandomSecret.text());
    }

    /** Empty for what cannot be one, for which nobody has to look. */
    static Optional<TokenText> of(String sent) {
        return SHAPE.matcher(sent).matches() ? Optional.of(new TokenText(sent)) : Optional.empty();
    }

    byte[] hash() {
        return Sha256.of(text);
    }

    String hint() {
        return text.substring(text.length() - HINT);
    }

    /** Not the secret, wherever it is printed. */
    @Override
    public String toString() {
        return BearerToken.PREFIX + "…" + hint();
    }
}
