package io.replyloop.history;

import io.replyloop.exchange.TextOfFile;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes out of a message what nobody said: tags, the mail that it answers, and the signature below. Moderately: a line that
 * may be part of what was said stays.
 */
final class MessageTidying {
    static final int LONGEST = 8_000;

    private static final Pattern QUOTE_BEGINS = Pattern.compile(
            "^\\s*(-{2,}\\s*(original message|forwarded message|ursprüngliche nachricht|原始邮件|转发邮件).*"
                    + "|##- please type your reply above this line -##.*"
                    + "|on .{6,120} wrote:|am .{6,120} schrieb .{1,120}:|在.{4,120}写道[:：]"
                    + "|_{20,}|from: .{3,200}@.{3,200}|发件人[:：].*)\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern QUOTED = Pattern.compile("^\\s*>.*$");
    private static final Pattern SIGNATURE = Pattern.compile(
            "^\\s*(-- ?|sent from my .{1,40}|get outlook for .{1,20}|发自我的.{1,20})\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern REGARDS = Pattern.compile(
            "^\\s*((kind|best|warm|many)\\s+(regards|wishes)|(best|regards|cheers|sincerely|yours|thanks|thank you)"
                    + "|mit freundlichen grüßen|此致|祝好)[,!.，。]?\\s*$",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    /** Below a greeting at the end stand a name, a title, a company and an address, and no more. */
    private static final int LONGEST_SIGNATURE = 6;

    private static final int LONGEST_LINE = 80;
    private static final Pattern BLANK_LINES = Pattern.compile("\n{3,}");

    private MessageTidying() {}

    /** @param html whether it is known to be HTML; found out otherwise */
    static String of(String written, boolean html) {
        String text = html || TextOfFile.isHtml(written) ? TextOfFile.ofHtml(written) : written;
        String plain = storable(text.replace("\r\n", "\n").replace('\r', '\n'));
        List<String> kept = new ArrayList<>();
        for (String line : plain.split("\n", -1)) {
            if (QUOTE_BEGINS.matcher(line).matches() || SIGNATURE.matcher(line).matches()) {
                break;
            }
            if (!QUOTED.matcher(line).matches()) {
                kept.add(line.stripTrailing());
            }
        }
        String said = BLANK_LINES
                .matcher(String.join("\n", withoutRegards(kept)))
                .replaceAll("\n\n")
                .strip();
        if (said.length() <= LONGEST) {
            return said;
        }
        int end = Character.isHighSurrogate(said.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return said.substring(0, end);
    }

    private static List<String> withoutRegards(List<String> lines) {
        int end = lines.size();
        while (end > 0 && lines.get(end - 1).isBlank()) {
            end--;
        }
        for (int at = end - 1; at > 0 && at >= end - LONGEST_SIGNATURE; at--) {
            if (lines.get(at).length() > LONGEST_LINE) {
                break;
            }
            if (at < end - 1 && REGARDS.matcher(lines.get(at)).matches()) {
                return lines.subList(0, at);
            }
        }
        return lines;
    }

    /** Without what the database cannot store and nobody can read. */
    private static String storable(String text) {
        return text.codePoints()
                .filter(point -> point == '\n'
                        || point == '\t'
                        || !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
