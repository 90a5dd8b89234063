package io.replyloop.correspondence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;

/**
 * What somebody has written in a reply, without the mail that they reply to and without their signature. In doubt, something
 * stays: a quote too much is a nuisance, an answer too little is a loss.
 */
final class ReplyText {
    // What repeats beside something alike gives nothing back (++): a line of many spaces would be tried in every way to
    // divide
    // them, which takes hours, and whoever has got a mail can send one.
    private static final Pattern LINES = Pattern.compile("\\R|[\\x{2028}\\x{2029}]");

    /** Above a quote, who has written it: of one line, or of two where the first is long. */
    private static final Pattern WROTE = Pattern.compile(
            "(?i)^\\s*+(?:on\\s.{4,300}\\swrote\\s*:|am\\s.{4,300}\\sschrieb(?:\\s.{0,200})?:|le\\s.{4,300}\\sa écrit\\s*:"
                    + "|el\\s.{4,300}\\sescribió\\s*:|.{0,200}(?:写道|寫道)\\s*[:：])\\s*$");

    /** From here on, everything is the mail before. */
    private static final Pattern HISTORY =
            Pattern.compile("(?i)^\\s*+(?:-{2,}+\\s*+(?:original message|forwarded message"
                    + "|ursprüngliche nachricht|message d'origine|原始邮件|邮件原件|回复的原邮件)\\s*-{2,}|_{20,})\\s*$");

    private static final Pattern HISTORY_HEADER =
            Pattern.compile("(?i)^\\s*+\\*?+(?:from|von|de|发件人|寄件者)\\s*+\\*?+\\s*+[:：].+$");
    private static final Pattern SECOND_HEADER = Pattern.compile(
            "(?i)^\\s*+\\*?+(?:sent|date|to|subject|gesendet|datum|an|betreff|envoyé|à|objet|发送时间|发送日期|日期|收件人|主题|抄送)"
                    + "\\s*+\\*?+\\s*+[:：].*$");
    private static final Pattern DEVICE = Pattern.compile(
            "(?i)^\\s*+(?:sent from my .{1,60}|get outlook for .{1,30}|发自我的.{1,30}|从我的.{1,30}发送|von meinem .{1,40} gesendet)\\s*$");

    private ReplyText() {}

    static String of(String plain) {
        List<String> lines = new ArrayList<>(List.of(LINES.split(plain, -1)));
        cutHistory(lines);
        dropQuotes(lines);
        cutSignature(lines);
        return String.join("\n", lines).replaceAll("\n{3,}", "\n\n").strip();
    }

    /** Lines as a reader would see them; what mail programs mark as a quote begins with {@code >}. */
    static String ofHtml(String html) {
        Document document = Jsoup.parse(html);
        document.select("script, style, head, template, title").remove();
        document.select("#divRplyFwdMsg, #appendonsend").forEach(ReplyText::removeWithRest);
        document.select(
                        ".gmail_quote, .yahoo_quoted, blockquote[type=cite], .moz-cite-prefix, #isForwardContent, .ntes-mailmaster-quote")
                .remove();
        document.select(".gmail_signature, .moz-signature").remove();
        StringBuilder text = new StringBuilder();
        NodeTraversor.traverse(
                (node, depth) -> {
                    if (node instanceof TextNode words) {
                        text.append(words.getWholeText().replaceAll("[ \\t\\r\\n\\f]+", " "));
                    } else if (node instanceof Element element) {
                        if (element.normalName().equals("br")) {
                            text.append('\n');
                        } else if (element.isBlock() && text.length() > 0 && text.charAt(text.length() - 1) != '\n') {
                            text.append('\n');
                        }
                    }
                },
                document.body());
        return of(text.toString().replace('\u00a0', ' ').replaceAll("(?<! ) *+\n *+", "\n"));
    }

    private static void removeWithRest(Element element) {
        List<Element> after = new ArrayList<>(element.nextElementSiblings());
        after.forEach(Element::remove);
        element.remove();
    }

    private static void cutHistory(List<String> lines) {
        for (int at = 0; at < lines.size(); at++) {
            boolean begins = HISTORY.matcher(lines.get(at)).matches()
                    || HISTORY_HEADER.matcher(lines.get(at)).matches()
                            && at + 1 < lines.size()
                            && SECOND_HEADER.matcher(lines.get(at + 1)).matches();
            if (begins && lines.subList(0, at).stream().anyMatch(line -> !line.isBlank() && !isQuoted(line))) {
                lines.subList(at, lines.size()).clear();
                return;
            }
        }
    }

    /** Answers may stand between quotes, so only these go, with the line that says whose they are. */
    private static void dropQuotes(List<String> lines) {
        List<String> kept = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (isQuoted(line)) {
                continue;
            }
            if (WROTE.matcher(line).matches() && quoteFollows(lines, at + 1)) {
                continue;
            }
            if (at + 1 < lines.size()
                    && WROTE.matcher(line + " " + lines.get(at + 1)).matches()
                    && quoteFollows(lines, at + 2)) {
                at++;
                continue;
            }
            kept.add(line);
        }
        lines.clear();
        lines.addAll(kept);
    }

    /** After nothing but blank lines; or nothing follows, where the quote itself was taken out of HTML. */
    private static boolean quoteFollows(List<String> lines, int from) {
        for (int at = from; at < lines.size(); at++) {
            if (!lines.get(at).isBlank()) {
                return isQuoted(lines.get(at));
            }
        }
        return true;
    }

    private static boolean isQuoted(String line) {
        return line.startsWith(">");
    }

    private static void cutSignature(List<String> lines) {
        for (int at = 0; at < lines.size(); at++) {
            boolean begins = lines.get(at).equals("-- ") || lines.get(at).equals("--");
            if (begins && lines.subList(0, at).stream().anyMatch(line -> !line.isBlank())) {
                lines.subList(at, lines.size()).clear();
            }
        }
        for (int at = lines.size() - 1; at > 0; at--) {
            if (DEVICE.matcher(lines.get(at)).matches()) {
                lines.remove(at);
            } else if (!lines.get(at).isBlank()) {
                return;
            }
        }
    }
}
