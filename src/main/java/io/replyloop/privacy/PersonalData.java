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
    public static final int RULES = 4;

    /** No number that names somebody is shorter. */
    private static final int FEWEST_DIGITS = 6;

    /** A number that stood beside another may be seen only when that one is gone; a few times are enough for that. */
    private static final int MOST_LOOKS = 8;

    private PersonalData() {}

    /**
     * The text with {@code [email]}, {@code [iban]}, {@code [id]}, {@code [card]} and {@code [phone]} in place of such
     * data; null stays null.
     */
    public static String masked(String text) {
        String masked = text;
        // One for all looks: it asks nothing twice.
        PhoneNumbers phones = new PhoneNumbers();
        for (int look = 0; look < MOST_LOOKS && masked != null && mayHold(masked); look++) {
            String before = masked;
            phones.lookAgain();
            masked = maskedOnce(before, phones);
            if (masked.equals(before)) {
                break;
            }
        }
        return masked;
    }

    private static String maskedOnce(String text, PhoneNumbers phones) {
        StringBuilder masked = new StringBuilder(text.length());
        String before = "";
        Span head = null;
        String line = line(text, 0);
        FoldedText folded = FoldedText.of(line);
        for (int next = line.length() + 1; ; ) {
            boolean last = next > text.length();
            String lineAfter = last ? "" : line(text, next);
            FoldedText foldedAfter = FoldedText.of(lineAfter);
            NumberOverLines over =
                    NumberOverLines.at(folded.text(), head == null ? 0 : head.end(), foldedAfter.text(), before);
            List<Span> parts = new ArrayList<>();
            if (head != null) {
                parts.add(head);
            }
            if (over != null) {
                parts.add(over.tail());
            }
            mask(line, folded, before, parts, phones, masked);
            if (last) {
                return masked.toString();
            }
            masked.append('\n');
            before = folded.text();
            head = over == null ? null : over.head();
            line = lineAfter;
            folded = foldedAfter;
            next += line.length() + 1;
        }
    }

    private static String line(String text, int from) {
        int end = text.indexOf('\n', from);
        return text.substring(from, end < 0 ? text.length() : end);
    }

    /** @param parts those of numbers that go on from the line before or in the line after */
    private static void mask(
            String line,
            FoldedText folded,
            String before,
            List<Span> parts,
            PhoneNumbers phones,
            StringBuilder masked) {
        if (parts.isEmpty() && !mayHold(line)) {
            masked.append(line);
            return;
        }
        StringBuilder left = new StringBuilder(folded.text());
        NumberLabels labels = NumberLabels.of(folded.text(), before);
        List<Span> found = new ArrayList<>();
        take(found, left, parts);
        take(found, left, EmailAddresses.in(left.toString()));
        take(found, left, BankAccounts.in(left.toString()));
        take(found, left, ResidentIds.in(left.toString()));
        take(found, left, PaymentCards.in(left.toString(), labels));
        take(found, left, PaymentCards.inGroups(left.toString(), labels));
        blank(left, OtherNumbers.in(left.toString()));
        take(found, left, PhoneNumbers.chineseMobilesIn(left.toString(), labels));
        blank(left, OtherNumbers.codesIn(left.toString()));
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

    private static boolean mayBeDigit(char character) {
        return Character.isDigit(character)
                || Character.isSurrogate(character)
                || Character.getType(character) == Character.OTHER_NUMBER;
    }

    private static int digits(CharSequence text) {
        int digits = 0;
        for (int at = 0; at < text.length() && digits < FEWEST_DIGITS; at++) {
            char character = text.charAt(at);
            // A digit beyond the basic plane has two halves; counting both errs towards looking.
            if (character >= '0' && character <= '9' || character >= 0x80 && mayBeDigit(character)) {
                digits++;
            }
        }
        return digits;
    }
}
