package io.replyloop.bert.tokenizer;

import java.text.Normalizer;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * BERT's normaliser and pre-tokenizer as defined by Hugging Face's {@code BertNormalizer} (lower-casing, accents
 * stripped) and {@code BertPreTokenizer}: splits text into the words that WordPiece then splits further. Needed only
 * for learning a vocabulary; tokenizing uses the tokenizer file.
 */
public final class BertWords {

    private BertWords() {}

    public static void split(String text, Consumer<String> words) {
        String normal = normalise(text);
        int start = -1;
        for (int i = 0; i < normal.length(); ) {
            int c = normal.codePointAt(i);
            int width = Character.charCount(c);
            boolean alone = isPunctuation(c);
            if (start >= 0 && (alone || isSpace(c))) {
                words.accept(normal.substring(start, i));
                start = -1;
            }
            if (alone) {
                words.accept(normal.substring(i, i + width));
            } else if (start < 0 && !isSpace(c)) {
                start = i;
            }
            i += width;
        }
        if (start >= 0) {
            words.accept(normal.substring(start));
        }
    }

    static String normalise(String text) {
        StringBuilder spaced = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == 0 || c == 0xFFFD) {
                return;
            }
            if (isSpace(c)) {
                spaced.append(' ');
            } else if (isChinese(c)) {
                spaced.append(' ').appendCodePoint(c).append(' ');
            } else if (!isControl(c)) {
                spaced.appendCodePoint(c);
            }
        });
        StringBuilder bare = new StringBuilder(spaced.length());
        Normalizer.normalize(spaced, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(bare::appendCodePoint);
        return bare.toString().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a character is in the blocks of Chinese characters. Kana and hangul are ordinary words, as in the
     * original BERT.
     */
    public static boolean isChinese(int c) {
        return (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x20000 && c <= 0x2A6DF)
                || (c >= 0x2A700 && c <= 0x2B73F)
                || (c >= 0x2B740 && c <= 0x2B81F)
                || (c >= 0x2B920 && c <= 0x2CEAF)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0x2F800 && c <= 0x2FA1F);
    }

    private static boolean isSpace(int c) {
        return c == '\t' || c == '\n' || c == '\r' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private static boolean isControl(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }
}
