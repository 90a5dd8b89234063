package io.replyloop.dataset;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes out of a text what names a person, before a model learns from it. Errs on the side of taking out too much. */
public final class PersonalData {
    private interface Check {
        boolean holds(String found);
    }

    private record Rule(String name, Pattern pattern, Check check) {
        String mask(String text) {
            return pattern.matcher(text).replaceAll(found -> replacement(found));
        }

        private String replacement(MatchResult found) {
            String replacement = check.holds(found.group()) ? "[" + name + "]" : found.group();
            return Matcher.quoteReplacement(replacement);
        }
    }

    private static final String DIGIT = "[0-9\\uFF10-\\uFF19]";
    private static final String SEPARATOR = "[ ()\\u00A0.\\-\\u2010-\\u2013/]{0,3}";

    /** In this order: a card number would also pass for a telephone number. */
    private static final List<Rule> RULES = List.of(
            new Rule(
                    "email",
                    Pattern.compile("[A-Za-z0-9._%+\\-]{1,64}@[A-Za-z0-9\\-]{1,63}(?:\\.[A-Za-z0-9\\-]{1,63}){1,8}"),
                    found -> true),
            new Rule(
                    "iban",
                    Pattern.compile("\\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\\b"),
                    PersonalData::isIban),
            new Rule(
                    "card",
                    Pattern.compile("(?<!" + DIGIT + ")" + DIGIT + "(?:[ \\-]?" + DIGIT + "){12,18}(?!" + DIGIT + ")"),
                    PersonalData::isCardNumber),
            new Rule(
                    "phone",
                    Pattern.compile("(?<![" + "\\p{L}0-9\\uFF10-\\uFF19" + "])(?:\\+|\\uFF0B)?\\(?" + DIGIT + "(?:"
                            + SEPARATOR + DIGIT + "){6,14}(?!" + DIGIT + ")"),
                    found -> !isDate(found)));

    private static final Pattern DATE =
            Pattern.compile("(?:19|20)[0-9]{2}[\\-./](?:0?[1-9]|1[0-2])[\\-./](?:0?[1-9]|[12][0-9]|3[01])"
                    + "|(?:0?[1-9]|[12][0-9]|3[01])[\\-./](?:0?[1-9]|[12][0-9])[\\-./](?:19|20)[0-9]{2}");

    private PersonalData() {}

    /** The text with {@code [email]}, {@code [iban]}, {@code [card]} and {@code [phone]} in place of such data. */
    public static String masked(String text) {
        String masked = text;
        for (Rule rule : RULES) {
            masked = rule.mask(masked);
        }
        return masked;
    }

    /** The check digit tells a card from other long numbers (ISO/IEC 7812, Luhn). */
    private static boolean isCardNumber(String found) {
        int[] digits = found.chars()
                .map(Character::getNumericValue)
                .filter(digit -> digit >= 0)
                .toArray();
        int sum = 0;
        for (int i = 0; i < digits.length; i++) {
            boolean doubled = (digits.length - i) % 2 == 0;
            int value = doubled ? digits[i] * 2 : digits[i];
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }

    /** ISO 13616: with the first four characters moved to the end and letters read as 10 to 35, 97 leaves 1. */
    private static boolean isIban(String found) {
        String compact = found.replace(" ", "");
        int rest = 0;
        for (char character : (compact.substring(4) + compact.substring(0, 4)).toCharArray()) {
            int value = Character.getNumericValue(character);
            rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
        }
        return rest == 1;
    }

    private static boolean isDate(String found) {
        return DATE.matcher(found).matches();
    }
}
