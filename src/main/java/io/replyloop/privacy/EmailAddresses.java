package io.replyloop.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.DomainValidator;

/**
 * E-mail addresses, internationalised ones included (RFC 6531). Chinese is written without spaces, so a change between
 * Chinese and Latin letters ends a name as a space does. Endings that no registry knows count as well: people mistype.
 */
final class EmailAddresses {
    private static final Pattern AT = Pattern.compile("@| ?[(\\[{] ?(?:at|AT) ?[)\\]}] ?");
    private static final String IN_NAMES = "._%+-'&~";
    private static final String FULL_STOPS = "。｡";
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_LABEL = 63;
    private static final Set<String> FILES = Set.of(
            "png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "ico", "pdf", "css", "js", "json", "html", "xml", "txt");

    private EmailAddresses() {}

    static boolean mayBeIn(CharSequence text) {
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            boolean bracket = character == '(' || character == '[' || character == '{';
            if (character == '@' || character == '\uFF20' || character == '\uFE6B') {
                return true;
            }
            if (bracket
                    && at + 3 < text.length()
                    && AT.matcher(text)
                            .region(at, Math.min(text.length(), at + 8))
                            .lookingAt()) {
                return true;
            }
        }
        return false;
    }

    static List<Span> in(String text) {
        List<Span> found = new ArrayList<>();
        Matcher at = AT.matcher(text);
        int free = 0;
        while (at.find()) {
            int start = nameStart(text, at.start(), free);
            int end = start < at.start() ? hostEnd(text, at.end()) : -1;
            if (end > 0) {
                found.add(new Span(start, end, "email"));
                free = end;
            }
        }
        return found;
    }

    private static int nameStart(String text, int end, int free) {
        int at = end;
        Alphabet alphabet = null;
        while (at > free && end - at < LONGEST_NAME) {
            int point = text.codePointBefore(at);
            Alphabet its = Alphabet.of(point);
            boolean fits = its == Alphabet.DIGITS || its == null && IN_NAMES.indexOf(point) >= 0;
            if (its != null && its != Alphabet.DIGITS) {
                // After digits alone, Chinese letters belong to the sentence and not to the name.
                fits = alphabet == null ? its != Alphabet.EAST_ASIAN || at == end : its == alphabet;
                alphabet = fits ? its : alphabet;
            }
            if (!fits) {
                break;
            }
            at -= Character.charCount(point);
        }
        while (at < end && IN_NAMES.indexOf(text.charAt(at)) >= 0 && text.charAt(at) != '_' && text.charAt(at) != '+') {
            at++;
        }
        return at;
    }

    /**
     * The end of the longest host whose last label is a known ending, or else may be a mistyped one; -1 if none is. A
     * Chinese full stop is a dot where a known ending of the same letters follows and there was none before it: else it
     * ends the sentence.
     */
    private static int hostEnd(String text, int start) {
        int known = -1;
        int possible = -1;
        int labels = 0;
        boolean stop = false;
        for (int at = start; at < text.length() && at - start < LONGEST_HOST; ) {
            int end = labelEnd(text, at);
            if (end == at) {
                break;
            }
            if (++labels > 1) {
                int length = stop && !isAlike(text, at) ? 0 : knownEnding(text, at, end);
                known = length > 0 ? at + length : known;
                String label = text.substring(at, end);
                boolean name = label.codePoints().allMatch(Character::isLetter) && label.length() > 1;
                possible = stop ? possible : name && !FILES.contains(label.toLowerCase(Locale.ROOT)) ? end : -1;
            }
            boolean full = end + 1 < text.length() && FULL_STOPS.indexOf(text.charAt(end)) >= 0;
            if (end + 1 >= text.length() || text.charAt(end) != '.' && !full || full && known > 0) {
                break;
            }
            stop |= full;
            at = end + 1;
        }
        return known > 0 ? known : possible;
    }

    /** Whether the label that begins here is written in the letters of the one before. */
    private static boolean isAlike(String text, int start) {
        Alphabet before = Alphabet.of(text.codePointBefore(start - 1));
        Alphabet its = Alphabet.of(text.codePointAt(start));
        return its == before || before == Alphabet.DIGITS;
    }

    private static int labelEnd(String text, int start) {
        int at = start;
        Alphabet alphabet = null;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            Alphabet its = Alphabet.of(point);
            if (its == null && point != '-' || its == null && at == start) {
                break;
            }
            if (its != null && its != Alphabet.DIGITS) {
                if (alphabet != null && alphabet != its) {
                    break;
                }
                alphabet = its;
            }
            at += Character.charCount(point);
        }
        return at;
    }

    /** How much of a label is an ending of the domain name system; Chinese text may follow without a space. */
    private static int knownEnding(String text, int start, int end) {
        boolean eastAsian = Alphabet.of(text.codePointAt(start)) == Alphabet.EAST_ASIAN;
        for (int to = Math.min(end, start + LONGEST_LABEL); to > start; to--) {
            if (DomainValidator.getInstance().isValidTld(text.substring(start, to))) {
                return to - start;
            }
            if (!eastAsian) {
                return 0;
            }
        }
        return 0;
    }

    private enum Alphabet {
        DIGITS,
        LATIN,
        EAST_ASIAN,
        OTHER;

        /** Null for what is neither letter nor digit. */
        static Alphabet of(int point) {
            if (Character.isDigit(point)) {
                return DIGITS;
            }
            if (!Character.isLetter(point) && Character.getType(point) != Character.NON_SPACING_MARK) {
                return null;
            }
            return switch (Character.UnicodeScript.of(point)) {
                case LATIN, INHERITED, COMMON -> LATIN;
                case HAN, HIRAGANA, KATAKANA, HANGUL, BOPOMOFO -> EAST_ASIAN;
                default -> OTHER;
            };
        }
    }
}
