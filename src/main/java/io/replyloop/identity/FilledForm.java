package io.replyloop.identity;

import java.util.Map;

/**
 * A form as a customer's page sends it.
 *
 * @param chinese whether the customer read it in Chinese
 * @param values by the key of the field
 */
public record FilledForm(boolean chinese, Map<String, String> values) {
    public static final int MOST_FIELDS = 10;
    public static final int LONGEST = 1_000;
}
