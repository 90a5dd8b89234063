package io.replyloop.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.IBANValidator;

/** IBANs (ISO 13616) with or without separators, by their country's form and their check digits. */
final class BankAccounts {
    private static final Pattern BEGINNING = Pattern.compile("[A-Za-z]{2}[ .-]{0,2}[0-9][ .-]{0,2}[0-9]");
    private static final String SEPARATORS = " .-";
    private static final int SHORTEST = 15;
    private static final int LONGEST = 34;

    private BankAccounts() {}

    static List<Span> in(String text) {
        List<Span> found = new ArrayList<>();
        Matcher beginning = BEGINNING.matcher(text);
        for (int from = 0; beginning.find(from); ) {
            int end = end(text, beginning.start());
            if (end > 0) {
                found.add(new Span(beginning.start(), end, "iban"));
            }
            from = Math.max(end, beginning.start() + 2);
        }
        return found;
    }

    private static int end(String text, int start) {
        StringBuilder compact = new StringBuilder();
        int end = -1;
        for (int at = start; at < text.length() && compact.length() < LONGEST; at++) {
            char character = text.charAt(at);
            if (isPart(text, at)) {
                compact.append(character);
                boolean whole = at + 1 == text.length() || !isPart(text, at + 1);
                if (whole && compact.length() >= SHORTEST && isIban(compact)) {
                    end = at + 1;
                }
            } else if (SEPARATORS.indexOf(character) < 0 || !isPart(text, at - 1) && !isPart(text, at - 2)) {
                break;
            }
        }
        return end;
    }

    private static boolean isIban(CharSequence compact) {
        return IBANValidator.getInstance().isValid(compact.toString().toUpperCase(Locale.ROOT));
    }

    private static boolean isPart(String text, int at) {
        char character = text.charAt(at);
        return character < 0x80 && Character.isLetterOrDigit(character);
    }
}
