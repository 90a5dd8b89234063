package io.replyloop.privacy;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberMatch;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.Leniency;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import io.replyloop.privacy.NumberLabels.Says;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Telephone numbers, valid in the plan of the country that they name or of one of {@link #REGIONS}: nobody knows from
 * where a customer writes, and people write English in Hong Kong. What is valid somewhere may still be an order's number;
 * so the less a number looks like a telephone number, the more the words beside it have to say so.
 */
final class PhoneNumbers {
    private static final List<String> REGIONS = List.of(
            "CN", "US", "GB", "HK", "TW", "SG", "JP", "AU", "DE", "FR", "MO", "MY", "KR", "NZ", "IN", "AT", "CH", "NL",
            "BE", "IT", "ES", "IE");
    private static final long TRIES = 20;
    private static final int FEWEST_DIGITS = 7;
    /** With so many digits a number needs no word beside it. */
    private static final int WHOLE = 10;

    /** By the plan of all plans (E.164): what has more are several. */
    private static final int LONGEST = 15;

    /** How often plans are asked in one look at a text: as often as a dozen numbers that are in none of them take. */
    private static final int MOST_ASKED = 12 * REGIONS.size();

    private static final int EXTENSION = 12;

    private static final Pattern RUN = Pattern.compile("[+(]{0,2}[0-9][0-9 ()./~-]{0,58}[0-9]");
    private static final Pattern DIGITS = Pattern.compile("\\+?\\(?[0-9](?:[ ()./-]{0,2}[0-9]){5,14}(?![0-9])");
    private static final Pattern BEGINS_WITH_DATE =
            Pattern.compile("20[0-4][0-9](?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]*");
    private static final Pattern TWO_FOURS = Pattern.compile("[0-9]{4} [0-9]{4}");
    /** No other numbers look like them, so they are told from whatever letters and numbers stand beside them. */
    private static final Pattern CHINESE_MOBILE = Pattern.compile("(?:\\+ ?86[ .-]?|(?<![0-9])(?:(?:00)?86[ .-]?)?)"
            + "(?<![0-9]\\.)(?:1[3-9][0-9]{9}|1[3-9][0-9]([ .-])[0-9]{4}\\1[0-9]{4})(?![0-9])");

    private static final PhoneNumberUtil PLANS = PhoneNumberUtil.getInstance();

    private int asked;
    private boolean unanswered;

    /** What plans have said, by region and what was written. */
    private final Map<String, List<PhoneNumberMatch>> answers = new HashMap<>();

    private final Map<String, List<String>> valid = new HashMap<>();

    static List<Span> chineseMobilesIn(String line, NumberLabels labels) {
        List<Span> found = new ArrayList<>();
        Matcher mobile = CHINESE_MOBILE.matcher(line);
        while (mobile.find()) {
            if (line.charAt(mobile.start()) == '+' || labels.about(mobile.start(), mobile.end()) != Says.OTHER) {
                found.add(new Span(mobile.start(), mobile.end(), "phone"));
            }
        }
        return found;
    }

    /** What was asked before counts as if it had not been: each look sees what one with an empty memory would see. */
    void lookAgain() {
        asked = 0;
    }

    /** Of one line of the text. */
    List<Span> in(String line, NumberLabels labels) {
        Spans found = new Spans(line);
        Matcher run = RUN.matcher(line);
        while (run.find()) {
            int digits = digits(run.group());
            if (digits < FEWEST_DIGITS || saysOtherwise(run.group(), digits, labels.about(run.start(), run.end()))) {
                continue;
            }
            // Asking all plans takes time, and nobody who means well writes so many numbers: the others are taken for
            // one.
            unanswered = false;
            find(line, run.start(), run.end(), labels, found);
            if (unanswered && (run.group().contains("+") || labels.about(run.start(), run.end()) != Says.OTHER)) {
                found.add(run.start(), run.end());
            }
        }
        labelled(line, labels, found);
        return found.all();
    }

    /** Whether a number is none of a telephone, whatever the plans of countries say. */
    private static boolean saysOtherwise(String written, int digits, Says says) {
        if (digits < written.length()) {
            return false;
        }
        return switch (says) {
            case PHONE_NUMBER, PHONE -> false;
            case OTHER -> true;
            case NOTHING, PERHAPS_OTHER -> digits < WHOLE && !isTrunk(written, digits);
        };
    }

    private void find(String text, int start, int end, NumberLabels labels, Spans found) {
        // A letter on either side tells a code; an extension may follow.
        int from = Math.max(0, start - 1);
        String part = text.substring(from, Math.min(text.length(), end + EXTENSION));
        for (String region : REGIONS) {
            for (PhoneNumberMatch match : matches(part, region)) {
                if (match.start() + from < end && isPhone(match, from, region, labels)) {
                    // A match may begin with the space before it.
                    found.add(Math.max(start, from + match.start()), from + match.end());
                }
            }
            if (found.cover(start + 1, end)) {
                return;
            }
        }
        if (!unanswered && digits(text.substring(start, end)) > LONGEST) {
            List<Integer> ends = new ArrayList<>();
            if (divided(text, start, end, labels, ends)) {
                int next = start;
                for (int to : ends) {
                    found.add(next, to);
                    next = afterSeparator(text, to);
                }
            }
        }
    }

    private List<PhoneNumberMatch> matches(String part, String region) {
        String key = region + part;
        if (++asked > MOST_ASKED) {
            unanswered = true;
            return List.of();
        }
        List<PhoneNumberMatch> known = answers.get(key);
        if (known == null) {
            known = new ArrayList<>();
            PLANS.findNumbers(part, region, Leniency.VALID, TRIES).forEach(known::add);
            answers.put(key, known);
        }
        return known;
    }

    /** Whether these digits are numbers side by side and nothing else, and where each of them ends. */
    private boolean divided(String text, int start, int end, NumberLabels labels, List<Integer> ends) {
        int digits = 0;
        for (int at = start; at < end && digits <= LONGEST; at++) {
            digits += Character.isDigit(text.charAt(at)) ? 1 : 0;
            boolean groupEnds =
                    Character.isDigit(text.charAt(at)) && (at + 1 == end || !Character.isDigit(text.charAt(at + 1)));
            if (groupEnds && digits >= FEWEST_DIGITS && digits <= LONGEST && isWhole(text, start, at + 1, labels)) {
                ends.add(at + 1);
                if (at + 1 == end || divided(text, afterSeparator(text, at + 1), end, labels, ends)) {
                    return true;
                }
                ends.remove(ends.size() - 1);
            }
        }
        return false;
    }

    private static int afterSeparator(String text, int from) {
        int at = from;
        while (at < text.length() && " ./~-)".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private boolean isWhole(String text, int start, int end, NumberLabels labels) {
        String part = text.substring(start, end);
        return validIn(part).stream().anyMatch(region -> {
            for (PhoneNumberMatch match : PLANS.findNumbers(part, region, Leniency.VALID, 1)) {
                return match.rawString().length() == part.length() && isPhone(match, start, region, labels);
            }
            return false;
        });
    }

    /** The regions in whose plans this is a number as it stands. To ask all of them this takes as long as one search. */
    private List<String> validIn(String part) {
        if (++asked > MOST_ASKED) {
            unanswered = true;
            return List.of();
        }
        List<String> known = valid.get(part);
        if (known == null) {
            known = REGIONS.stream().filter(region -> isValid(part, region)).toList();
            valid.put(part, known);
        }
        return known;
    }

    /** What is not valid as a whole matches no pattern either, and to find that out takes a hundredth of the time. */
    private static boolean isValid(String part, String region) {
        try {
            return PLANS.isValidNumber(PLANS.parse(part, region));
        } catch (NumberParseException none) {
            return false;
        }
    }

    /** Where people say that it is a telephone number, it need not be one that its country has assigned. */
    private static void labelled(String text, NumberLabels labels, Spans found) {
        for (int end : labels.afterPhoneLabels()) {
            Matcher digits = DIGITS.matcher(text).region(labels.skipFiller(end), text.length());
            if (digits.lookingAt()) {
                found.add(digits.start(), digits.end());
            }
        }
    }

    private static boolean isPhone(PhoneNumberMatch match, int from, String region, NumberLabels labels) {
        String written = match.rawString();
        int digits = digits(written);
        if (written.contains("+")) {
            return true;
        }
        Says says = labels.about(from + match.start(), from + match.end());
        if (says == Says.OTHER || digits < FEWEST_DIGITS) {
            return false;
        }
        if (says == Says.PHONE || says == Says.PHONE_NUMBER) {
            return true;
        }
        boolean bare = written.length() == digits;
        boolean trunk = isTrunk(written, digits);
        PhoneNumberType type = PLANS.getNumberType(match.number());
        if (bare) {
            boolean chineseMobile = region.equals("CN") && type == PhoneNumberType.MOBILE;
            return trunk
                    || chineseMobile
                    || digits >= WHOLE
                            && says == Says.NOTHING
                            && !BEGINS_WITH_DATE.matcher(written).matches();
        }
        if (trunk || written.startsWith("(")) {
            return true;
        }
        if (digits < WHOLE) {
            boolean city = region.equals("SG") || region.equals("HK") && type == PhoneNumberType.MOBILE;
            return city && says == Says.NOTHING && TWO_FOURS.matcher(written).matches();
        }
        return isGroupedAsUsual(written, match.number());
    }

    /** Whether it is divided where its country divides numbers, if not everywhere: 650 2530000, but not 65 02 53 00 00. */
    private static boolean isGroupedAsUsual(String written, PhoneNumber number) {
        return places(PLANS.format(number, PhoneNumberFormat.NATIONAL)).containsAll(places(written))
                || places(PLANS.format(number, PhoneNumberFormat.INTERNATIONAL)).containsAll(places(written));
    }

    /** After how many digits, counted from the end, a number is divided. */
    private static Set<Integer> places(String number) {
        Set<Integer> places = new HashSet<>();
        int digits = 0;
        for (int at = number.length() - 1; at >= 0; at--) {
            if (Character.isDigit(number.charAt(at))) {
                digits++;
            } else if (digits > 0 && at > 0 && Character.isDigit(number.charAt(at - 1))) {
                places.add(digits);
            }
        }
        return places;
    }

    private static boolean isTrunk(String written, int digits) {
        return written.startsWith("0") && digits >= WHOLE - 1;
    }

    private static int digits(String written) {
        return (int) written.chars().filter(Character::isDigit).count();
    }

    /** Two plans may end the same number at different places: it is masked from the first place to the last. */
    private static final class Spans {
        private final String text;
        private final NavigableMap<Integer, Integer> ends = new TreeMap<>();

        Spans(String text) {
            this.text = text;
        }

        void add(int start, int end) {
            int from = text.charAt(start) == '(' && text.substring(start, end).indexOf(')') < 0 ? start + 1 : start;
            int to = end;
            for (var before = ends.lowerEntry(to);
                    before != null && before.getValue() > from;
                    before = ends.lowerEntry(to)) {
                from = Math.min(from, before.getKey());
                to = Math.max(to, before.getValue());
                ends.remove(before.getKey());
            }
            ends.put(from, to);
        }

        boolean cover(int start, int end) {
            var before = ends.floorEntry(start);
            return before != null && before.getValue() >= end;
        }

        List<Span> all() {
            return ends.entrySet().stream()
                    .map(span -> new Span(span.getKey(), span.getValue(), "phone"))
                    .toList();
        }
    }
}
