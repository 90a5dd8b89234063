package io.replyloop.identity;

import io.replyloop.platform.StorableText;
import java.util.Map;
import java.util.regex.Pattern;

/** What a website says of a customer, such as a plan and a number of orders: few simple values by their names. */
public final class CustomerAttributes {
    public static final int MOST = 20;

    public static final String RULE =
            "an object of at most 20 texts of at most 200 characters, numbers, true and false, by names of at most 40 small"
                    + " letters, digits and underscores";

    private static final int LONGEST = 200;
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,40}");

    private CustomerAttributes() {}

    public static boolean fit(Map<String, ?> said) {
        return said.size() <= MOST
                && said.entrySet().stream()
                        .allMatch(each -> NAME.matcher(each.getKey()).matches() && isSimple(each.getValue()));
    }

    private static boolean isSimple(Object value) {
        if (value instanceof String text) {
            return text.codePointCount(0, text.length()) <= LONGEST && StorableText.is(text);
        }
        return value instanceof Boolean
                || value instanceof Number number
                        && Double.isFinite(number.doubleValue())
                        && number.toString().length() <= LONGEST;
    }
}
