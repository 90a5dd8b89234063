package io.replyloop.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.validator.routines.CreditCardValidator;
import org.apache.commons.validator.routines.CreditCardValidator.CreditCardRange;

/** Numbers of payment cards (ISO/IEC 7812): by the ranges of the schemes and the check digit of Luhn. */
final class PaymentCards {
    private static final Pattern DIGITS = Pattern.compile("[0-9][0-9 .-]{10,}[0-9]");

    /** What else people put between the groups, tabs and middle dots included. */
    private static final String WIDER_SEPARATORS = " .,/_·•\\t-";

    private static final Pattern WIDER = Pattern.compile("[0-9][0-9" + WIDER_SEPARATORS + "]{10,}[0-9]");

    /** They stand between the prices, sizes and numbers of a list as well. */
    private static final Pattern OF_LISTS = Pattern.compile("[,/\\t]");

    private static final Pattern ON_CARDS = Pattern.compile("[ -]");

    /** How many digits the groups of cards have; one and the same separator stands between them. */
    private static final List<Pattern> LAYOUTS = Stream.of(
                    "4 4 4 4 3", "6 13", "4 4 4 4 2", "4 4 4 4 1", "4 4 4 4", "4 6 5", "4 4 4 3", "4 6 4", "4 4 4 2")
            .map(PaymentCards::layout)
            .toList();

    static final int SHORTEST_GROUP = 4;
    private static final int SHORTEST = 12;
    private static final int LONGEST = 19;
    private static final int SHORTEST_OF_MANY = 14;

    private static final CreditCardValidator SCHEMES = new CreditCardValidator(new CreditCardRange[] {
        // Visa
        new CreditCardRange("4", null, new int[] {13, 16, 19}),
        // Mastercard, Maestro
        new CreditCardRange("51", "55", 16, 16),
        new CreditCardRange("2221", "2720", 16, 16),
        new CreditCardRange("50", null, SHORTEST, LONGEST),
        new CreditCardRange("56", "59", SHORTEST, LONGEST),
        new CreditCardRange("63", null, SHORTEST, LONGEST),
        new CreditCardRange("67", "69", SHORTEST, LONGEST),
        // American Express, Diners Club
        new CreditCardRange("34", null, 15, 15),
        new CreditCardRange("37", null, 15, 15),
        new CreditCardRange("300", "305", 14, LONGEST),
        new CreditCardRange("3095", null, 14, LONGEST),
        new CreditCardRange("36", null, 14, LONGEST),
        new CreditCardRange("38", "39", 14, LONGEST),
        // Discover, RuPay
        new CreditCardRange("60", null, 16, LONGEST),
        new CreditCardRange("64", "65", 16, LONGEST),
        // JCB
        new CreditCardRange("3528", "3589", 16, LONGEST),
        new CreditCardRange("1800", null, 15, 15),
        new CreditCardRange("2131", null, 15, 15),
        // UnionPay, and cards of Chinese banks that are older than it
        new CreditCardRange("62", null, 16, LONGEST),
        new CreditCardRange("81", "82", 16, LONGEST),
        new CreditCardRange("955", null, 16, LONGEST),
        new CreditCardRange("9843", null, 16, LONGEST),
        // Mir, Troy
        new CreditCardRange("2200", "2205", 16, LONGEST),
        new CreditCardRange("9792", null, 16, 16),
    });

    private PaymentCards() {}

    static List<Span> in(String text, NumberLabels labels) {
        return found(text, DIGITS, (start, run) -> {
            int end = end(text, start, run.start(), run.end(), labels);
            boolean abroad = start > 0 && text.charAt(start - 1) == '+';
            return abroad || end > 0 && labels.namesGoods(start) && !isLaidOut(text, start, end) ? -1 : end;
        });
    }

    /** Those whose groups commas, slashes and the like divide. */
    static List<Span> inGroups(String text, NumberLabels labels) {
        return found(text, WIDER, (start, run) -> endOfGroups(text, start, labels));
    }

    /** Where a card's number ends that begins at a group of a run of digits; -1 when none does. */
    private interface Ends {
        int of(int start, MatchResult run);
    }

    private static List<Span> found(String text, Pattern runs, Ends ends) {
        List<Span> found = new ArrayList<>();
        Matcher run = runs.matcher(text);
        while (run.find()) {
            for (int start = run.start(); start < run.end(); start = nextGroup(text, start, run.end())) {
                int end = ends.of(start, run);
                if (end > 0) {
                    found.add(new Span(start, end, "card"));
                    start = end;
                }
            }
        }
        return found;
    }

    private static Pattern layout(String groups) {
        String[] sizes = groups.split(" ");
        String others =
                Stream.of(sizes).skip(2).map(size -> "\\1[0-9]{" + size + "}").collect(Collectors.joining());
        return Pattern.compile("[0-9]{" + sizes[0] + "}([" + WIDER_SEPARATORS + "]{1,3}+)[0-9]{" + sizes[1] + "}"
                + others + "(?![0-9])");
    }

    private static int endOfGroups(String text, int start, NumberLabels labels) {
        for (Pattern layout : LAYOUTS) {
            Matcher groups = layout.matcher(text).region(start, text.length());
            if (groups.lookingAt() && isWhole(groups.group().replaceAll("[^0-9]", ""))) {
                boolean asInLists = OF_LISTS.matcher(groups.group(1)).find();
                boolean isCard = !labels.namesGoods(start) && (!asInLists || labels.namesCard(start));
                return isCard ? groups.end() : -1;
            }
        }
        return -1;
    }

    /** Whether a number is written as it stands on cards. */
    private static boolean isLaidOut(String text, int start, int end) {
        return LAYOUTS.stream()
                .map(layout -> layout.matcher(text).region(start, end))
                .anyMatch(groups ->
                        groups.matches() && ON_CARDS.matcher(groups.group(1)).matches());
    }

    /** Whether digits that may be part of a longer text are a card's number. */
    static boolean isWhole(CharSequence digits) {
        return digits.length() >= SHORTEST_OF_MANY && digits.length() <= LONGEST && SCHEMES.isValid(digits.toString());
    }

    /** The end of the longest card number that begins here and ends with a group; -1 when there is none. */
    private static int end(String text, int start, int runStart, int limit, NumberLabels labels) {
        StringBuilder compact = new StringBuilder();
        int end = -1;
        int group = 0;
        for (int at = start; at < limit && compact.length() <= LONGEST; at++) {
            if (!Character.isDigit(text.charAt(at))) {
                // Sizes and prices make short groups; only who speaks of a card divides one in that way.
                if (group > 0 && group < SHORTEST_GROUP && !labels.namesCard(start)) {
                    break;
                }
                group = 0;
                continue;
            }
            group++;
            compact.append(text.charAt(at));
            boolean endsGroup = at + 1 == limit || !Character.isDigit(text.charAt(at + 1));
            if (endsGroup && compact.length() >= SHORTEST && SCHEMES.isValid(compact.toString())) {
                // A part of a longer chain of groups has too many chances to pass for a short number.
                boolean chained = isChained(text, start - 1) || isChained(text, at + 1);
                boolean part = start > runStart || at + 1 < limit;
                end = chained || part && compact.length() < SHORTEST_OF_MANY ? end : at + 1;
            }
        }
        return end;
    }

    private static boolean isChained(String text, int at) {
        return at > 0
                && at + 1 < text.length()
                && text.charAt(at) == '-'
                && Character.isDigit(text.charAt(at - 1))
                && Character.isDigit(text.charAt(at + 1));
    }

    private static int nextGroup(String text, int from, int limit) {
        int at = from;
        while (at < limit && Character.isDigit(text.charAt(at))) {
            at++;
        }
        while (at < limit && !Character.isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }
}
