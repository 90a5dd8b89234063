package io.replyloop.privacy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.ISBNValidator;

/** Numbers whose form says that they are no telephone numbers. */
final class OtherNumbers {
    private record Form(Pattern pattern, Predicate<String> check) {
        static Form of(String pattern) {
            return new Form(Pattern.compile(pattern), found -> true);
        }
    }

    private static final String YEAR = "(?:19|20)[0-9]{2}";
    private static final String MONTH = "(?:0?[1-9]|1[0-2])";
    private static final String DAY = "(?:0?[1-9]|[12][0-9]|3[01])";
    private static final String CURRENCY =
            "(?:[$€£¥￥₹₩元块]|(?i:USD|EUR|GBP|CNY|RMB|HKD|NTD|TWD|SGD|JPY|AUD|CHF|CAD|INR|dollars?|euros?|pounds?|yuan)"
                    + NumberLabels.END + ")";

    /** A space stands in it only where it groups thousands: else the next number begins. */
    private static final String AMOUNT =
            "(?:[0-9]{1,3}(?: [0-9]{3}(?![0-9])){1,6}|[0-9]{1,24})(?:[.,'][0-9]{1,24}){0,12}";

    /** They may hold what looks like anything. */
    private static final List<Form> WHOLE = List.of(
            Form.of("(?i)" + NumberLabels.START + "(?:https?://|www\\.)(?!wa\\.me|api\\.whatsapp)[!-~]+"),
            // IPv4 and IPv6 addresses, MAC addresses
            Form.of("(?<![0-9.])(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])\\.){3}"
                    + "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?![0-9]|\\.[0-9])(?:[:/][0-9]{1,5})?"),
            Form.of("(?i)(?<![0-9a-z:])(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}(?![0-9a-z:])"),
            // Dates and times
            Form.of("(?<![0-9])" + YEAR + "([-./])" + MONTH + "\\1" + DAY + "(?![0-9])"),
            Form.of("(?<![0-9])" + DAY + "([-./])" + DAY + "\\1(?:" + YEAR + "|[0-9]{2})(?![0-9]|\\1[0-9])"),
            Form.of("(?<![0-9:])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\\.[0-9]+)?(?![0-9])"),
            Form.of("(?<![0-9])" + YEAR + " ?[-/~至到] ?" + YEAR + "(?![0-9])"),
            Form.of("(?<![0-9])" + YEAR + "年(?:" + MONTH + "月(?:" + DAY + "[日号])?)?"),
            // Amounts and measures
            Form.of("[$€£¥￥₹₩] ?" + AMOUNT),
            Form.of("(?<![0-9-])" + AMOUNT + "(?:-[0-9][0-9.,]{0,24})? ?" + CURRENCY),
            Form.of("(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3}){1,8}(?:\\.[0-9]+)?(?![0-9])"),
            Form.of("(?<![0-9.])(?!0[0-9])[0-9]{1,3}\\.[0-9]{4,}(?![0-9]|\\.[0-9])"),
            Form.of("(?<![0-9])(?<![0-9][- .])[0-9]{2,5}(?:[x×*][0-9]{2,5}){1,3}(?![0-9])"),
            // UPS groups its own
            Form.of("(?<![A-Za-z0-9])1Z(?: ?[0-9A-Z]){16}(?![A-Za-z0-9])"),
            new Form(
                    Pattern.compile(
                            "(?<![0-9-])(?:97[89][- ]?)?[0-9]{1,5}([- ])[0-9]{1,7}\\1[0-9]{1,6}\\1[0-9Xx](?![0-9A-Za-z])"),
                    ISBNValidator.getInstance()::isValid),
            Form.of("(?<![0-9])97[89][- ]?[0-9](?:[- ]?[0-9]){8}[- ]?[0-9](?![0-9])"));

    private static final List<Form> CODES = List.of(
            Form.of("(?<![A-Za-z0-9])(?!(?i:t|m|p|ph|tel|phone|mob|mobile|cell|fax|call|whatsapp|wechat|wx)[-.]?[0-9])"
                    + "[A-Za-z]{1,12}[-_/#]?[A-Za-z0-9]*[0-9][A-Za-z0-9]*(?:[-_/][A-Za-z0-9]+){0,12}"),
            Form.of("(?<![A-Za-z0-9])[0-9]{1,9}[A-Za-z][A-Za-z0-9]*[0-9][A-Za-z0-9]*(?:[-_/][A-Za-z0-9]+){0,12}"));

    private OtherNumbers() {}

    static List<Span> in(String text) {
        return found(text, WHOLE);
    }

    /** Codes of letters and digits, and hashes. A telephone number may stand between letters, too. */
    static List<Span> codesIn(String text) {
        return found(text, CODES);
    }

    private static List<Span> found(String text, List<Form> forms) {
        List<Span> found = new ArrayList<>();
        for (Form form : forms) {
            Matcher matcher = form.pattern().matcher(text);
            while (matcher.find()) {
                if (form.check().test(matcher.group())) {
                    found.add(new Span(matcher.start(), matcher.end(), "other"));
                }
            }
        }
        return found;
    }
}
