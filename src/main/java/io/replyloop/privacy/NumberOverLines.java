package io.replyloop.privacy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A card's number or a resident ID of which one part ends a line and the other begins the next, as in two messages of a
 * burst.
 *
 * @param tail its place in the first line
 * @param head its place in the second
 */
record NumberOverLines(Span tail, Span head) {
    private static final Pattern HEAD =
            Pattern.compile("(?:[->] )?\\s{0,8}([0-9](?:[ .-]{0,2}[0-9]){0,17}(?:[ .-]{0,2}[Xx](?![A-Za-z0-9]))?)");
    private static final Pattern PRICE = Pattern.compile("\\.[0-9]{2}(?![0-9])");
    private static final int LONGEST = 18;
    private static final int ID = 18;
    private static final int MOST_SPACES = 8;
    private static final String SEPARATORS = " .-";

    /**
     * The number over the end of this line; null when there is none.
     *
     * @param from where in the line another such number has ended
     */
    static NumberOverLines at(String line, int from, String next, String before) {
        int end = endOfWords(line, from);
        if (end <= from || !isDigit(line.charAt(end - 1))) {
            return null;
        }
        Matcher after = HEAD.matcher(next);
        if (!after.lookingAt() || after.end(1) < next.length() && isDigit(next.charAt(after.end(1)))) {
            return null;
        }
        List<Integer> starts = starts(line, from, end);
        List<Integer> ends = ends(next, after.start(1), after.end(1));
        if (starts.stream().anyMatch(start -> kind(compact(line, start, end)) != null)
                || ends.stream().anyMatch(to -> kind(compact(next, after.start(1), to)) != null)) {
            return null;
        }
        for (int start : starts) {
            String first = compact(line, start, end);
            for (int to : ends) {
                String kind = kind(first + compact(next, after.start(1), to));
                boolean asOtherNumbers = kind != null
                        && kind.equals("card")
                        && (!isGrouped(line.substring(start, end), next.substring(after.start(1), to))
                                || first.length() == end - start
                                        && NumberLabels.of(line, before).namesGoods(start));
                if (kind != null && !asOtherNumbers) {
                    return new NumberOverLines(new Span(start, end, kind), new Span(after.start(1), to, kind));
                }
            }
        }
        return null;
    }

    private static int endOfWords(String line, int from) {
        int end = line.length();
        while (end > from && end > line.length() - MOST_SPACES && Character.isWhitespace(line.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static String kind(String digits) {
        if (digits.length() == ID && ResidentIds.isId(digits)) {
            return "id";
        }
        return digits.endsWith("X") || !PaymentCards.isWhole(digits) ? null : "card";
    }

    /** Whether no group is short but the last, and the one that the line's end cuts: sizes and prices are all short. */
    private static boolean isGrouped(String tail, String head) {
        String[] groups = (tail + head).split("[ .-]+");
        return Arrays.stream(groups, 0, groups.length - 1)
                        .allMatch(group -> group.length() >= PaymentCards.SHORTEST_GROUP)
                && !PRICE.matcher(tail).find()
                && !PRICE.matcher(head).find();
    }

    /** Where groups begin of which the number may be made, the first place first. */
    private static List<Integer> starts(String line, int from, int end) {
        List<Integer> starts = new ArrayList<>();
        int digits = 0;
        for (int at = end - 1; at >= from && digits <= LONGEST; at--) {
            if (isDigit(line.charAt(at))) {
                digits++;
                if (digits <= LONGEST && (at == from || !isDigit(line.charAt(at - 1)))) {
                    starts.add(0, at);
                }
            } else if (SEPARATORS.indexOf(line.charAt(at)) < 0 || at > from && !isDigit(line.charAt(at - 1))) {
                break;
            }
        }
        return starts;
    }

    /** Where groups end, the last place first. */
    private static List<Integer> ends(String line, int start, int end) {
        List<Integer> ends = new ArrayList<>(List.of(end));
        for (int at = end - 1; at > start; at--) {
            if (!isDigit(line.charAt(at)) && isDigit(line.charAt(at - 1))) {
                ends.add(at);
            }
        }
        return ends;
    }

    private static String compact(String line, int start, int end) {
        return line.substring(start, end).replaceAll("[ .-]", "").toUpperCase(Locale.ROOT);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
