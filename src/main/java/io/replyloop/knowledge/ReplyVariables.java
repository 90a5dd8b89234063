package io.replyloop.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Places in a reply that are filled when an agent uses it, with a text for when nothing is known: {@code Hello
 * {{customer.name|there}}}. The console fills them (variables.ts); here a text is known again as that of its reply.
 */
public final class ReplyVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([a-z_.]{1,40})\\s*(?:\\|([^{}]{0,60}))?}}");
    /** What stands for a name or a number, as to-fill-in.ts has it. */
    public static final Pattern TO_FILL_IN = Pattern.compile("\\[(?:name|number|date|time|email|phone|iban|id|card)]");

    private static final Set<String> NAMES =
            Set.of("customer.name", "customer.first_name", "agent.name", "agent.first_name");
    /** Longer ones are no names. */
    private static final int LONGEST_VALUE = 80;

    private ReplyVariables() {}

    /**
     * The text of a reply with what the sent text has in the places of its variables. Where the texts differ in other
     * places, too, it is the text for when nothing is known.
     *
     * @param sent that may have been made from the reply
     */
    public static String filledAs(String replyText, String sent) {
        Matcher variables = VARIABLE.matcher(replyText);
        List<String> between = new ArrayList<>();
        StringBuilder unknown = new StringBuilder();
        int from = 0;
        while (variables.find()) {
            between.add(replyText.substring(from, variables.start()));
            unknown.append(replyText, from, variables.start())
                    .append(variables.group(2) == null ? "" : variables.group(2).strip());
            from = variables.end();
        }
        if (between.isEmpty()) {
            return replyText;
        }
        between.add(replyText.substring(from));
        return fits(between, sent)
                ? sent
                : unknown.append(replyText, from, replyText.length()).toString();
    }

    /** What whoever writes a reply has left open, if anything: variables that are filled later are not. */
    static Optional<String> leftOpen(String replyText) {
        Stream<String> unknown = VARIABLE.matcher(replyText)
                .results()
                .filter(variable -> !NAMES.contains(variable.group(1)))
                .map(MatchResult::group);
        return Stream.concat(TO_FILL_IN.matcher(replyText).results().map(MatchResult::group), unknown)
                .findFirst();
    }

    /** The text for readers of whom nothing is known; empty if it has a variable without a text for that case. */
    static Optional<String> withoutNames(String replyText) {
        Matcher variables = VARIABLE.matcher(replyText);
        if (variables.results().anyMatch(variable -> variable.group(2) == null)) {
            return Optional.empty();
        }
        return Optional.of(variables.replaceAll(
                variable -> Matcher.quoteReplacement(variable.group(2).strip())));
    }

    /** Without going back, so that no reply makes this slow: each part is where it comes first. */
    private static boolean fits(List<String> between, String sent) {
        String text = ReplyText.normalised(sent);
        int last = between.size() - 1;
        int at = 0;
        for (int i = 0; i <= last; i++) {
            String part = ReplyText.normalised(between.get(i));
            int found = i == last && i > 0 ? text.length() - part.length() : text.indexOf(part, at);
            boolean isHere = found >= at && text.startsWith(part, found);
            if (!isHere || (i == 0 ? found > 0 : found - at > LONGEST_VALUE)) {
                return false;
            }
            at = found + part.length();
        }
        return true;
    }
}
