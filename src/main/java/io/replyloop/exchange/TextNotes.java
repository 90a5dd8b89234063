package io.replyloop.exchange;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds things that customers should not see: tags, placeholders of other programs, garbled letters. */
final class TextNotes {
    private static final int MOST_NAMES = 5;

    /** Zendesk, Freshdesk and Intercom; Liquid; Help Scout; templates of mail programs. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("\\{\\{[^{}]{1,120}}}|\\{%[^{}%]{1,120}%}|\\$\\{[^{}]{1,80}}|\\[\\[[^\\[\\]]{1,80}]]");

    /** Replacement characters, and UTF-8 that was read as Windows-1252. */
    private static final Pattern GARBLED = Pattern.compile(
            "\uFFFD|Ã[\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00A0-\u00BF]|â€[\u0080-\u00BF™œ˜“”¦¢]");

    private static final int AROUND = 12;

    private TextNotes() {}

    static List<Reason> of(String title, String text) {
        List<Reason> notes = new ArrayList<>();
        String all = (title == null ? "" : title) + "\n" + (text == null ? "" : text);
        if (HtmlText.isHtml(all)) {
            notes.add(Reason.of(ReasonCode.HTML));
        }
        Set<String> names = new LinkedHashSet<>();
        Matcher placeholders = PLACEHOLDER.matcher(all);
        while (names.size() < MOST_NAMES && placeholders.find()) {
            names.add(placeholders.group());
        }
        if (!names.isEmpty()) {
            notes.add(Reason.of(ReasonCode.PLACEHOLDERS, "names", String.join(", ", names)));
        }
        Matcher garbled = GARBLED.matcher(all);
        if (garbled.find()) {
            notes.add(Reason.of(ReasonCode.GARBLED, "excerpt", around(all, garbled.start())));
        }
        return notes;
    }

    private static String around(String text, int at) {
        int from = text.offsetByCodePoints(at, -Math.min(AROUND, text.codePointCount(0, at)));
        return Reason.excerpt(
                text.substring(from, Math.min(text.length(), at + AROUND)).strip());
    }
}
