package io.replyloop.privacy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Takes out of a text what names a person, before it is kept for learning. Line breaks stay where they are, and masking
 * twice changes nothing.
 *
 * <p>Numbers are told from one another by their check digits (cards, bank accounts, resident IDs), and telephone numbers
 * by the numbering plans of the regions in {@link PhoneNumbers}, by how they are written and by the words beside them.
 */
public final class PersonalData {
    /** Which rules these are. Whoever changes what they mask raises it: all that is kept is then masked once more. */
    public static final int RULES = 1;

    /** No number that names somebody is shorter. */
    private static final int FEWEST_DIGITS = 6;

    private PersonalData() {}

    /**
     * The text with {@code [email]}, {@code [iban]}, {@code [id]}, {@code [card]} and {@code [phone]} in place of such
     * data; null stays null.
     */
    public static String masked(String text) {
        if (text == null || !mayHold(text)) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length());
        String before = "";
        PhoneNumbers phones = new PhoneNumbers();
        for (int from = 0; from <= text.length(); ) {
            int lineEnd = text.indexOf('\n', from);
            int to = lineEnd < 0 ? text.length() : lineEnd;
            String line = text.substring(from, to);
            FoldedText folded = FoldedText.of(line);
            mask(line, folded, before, phones, masked);
            before = folded.text();
            if (lineEnd < 0) {
                break;
            }
            masked.append('\n');
            from = lineEnd + 1;
        }
        return masked.toString();
    }

    private static void mask(String line, FoldedText folded, String before, PhoneNumbers phones, StringBuilder masked) {
        if (!mayHold(line)) {
            masked.append(line);
            return;
        }
        StringBuilder left = new StringBuilder(folded.text());
        NumberLabels labels = NumberLabels.of(folded.text(), before);
        List<Span> found = new ArrayList<>();
        take(found, left, EmailAddresses.in(left.toString()));
        take(found, left, BankAccounts.in(left.toString()));
        take(found, left, ResidentIds.in(left.toString()));
        take(found, left, PaymentCards.in(left.toString(), labels));
        blank(left, OtherNumbers.in(left.toString()));
        if (digits(left) >= FEWEST_DIGITS) {
            take(found, left, phones.in(left.toString(), labels));
        }
        found.sort(Comparator.comparingInt(Span::start));
        int copied = 0;
        for (Span span : found) {
            masked.append(line, copied, folded.origin(span.start()))
                    .append('[')
                    .append(span.kind())
                    .append(']');
            copied = folded.originOfEnd(span.end(), line);
        }
        masked.append(line, copied, line.length());
    }

    private static void take(List<Span> found, StringBuilder left, List<Span> more) {
        found.addAll(more);
        blank(left, more);
    }

    /** What has been found cannot be part of something else. */
    private static void blank(StringBuilder text, List<Span> spans) {
        for (Span span : spans) {
            for (int at = span.start(); at < span.end(); at++) {
                text.setCharAt(at, '|');
            }
        }
    }

    private static boolean mayHold(CharSequence text) {
        return digits(text) >= FEWEST_DIGITS || EmailAddresses.mayBeIn(text);
    }

    private static int digits(CharSequence text) {
        int digits = 0;
        for (int at = 0; at < text.length() && digits < FEWEST_DIGITS; at++) {
            char character = text.charAt(at);
            // A digit beyond the basic plane has two halves; counting both errs towards looking.
            if (character >= '0'
                    && (character <= '9' || Character.isDigit(character) || Character.isSurrogate(character))) {
                digits++;
            }
        }
        return digits;
    }
}
