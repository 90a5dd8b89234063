package io.replyloop.exchange;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeVisitor;

/**
 * Converts HTML to plain text: paragraphs and line breaks become line ends, list items get a dash, links are followed
 * by their address. Text that only resembles a tag, such as {@code <your name>}, is kept.
 */
final class HtmlText {
    private static final String NAMES =
            "p|br|div|span|a|b|i|u|s|em|strong|ul|ol|li|h[1-6]|table|thead|tbody|tr|td|th|img|hr"
                    + "|font|blockquote|pre|code|html|head|body|style|script|meta|link|sub|sup|small|big|center|section|article"
                    + "|header|footer|figure|figcaption|iframe|video|button|label|dl|dt|dd|del|ins|mark|q|title|main|nav|o:p";
    private static final Pattern TAG =
            Pattern.compile("</?(" + NAMES + ")(\\s[^<>]*)?/?>|<!--", Pattern.CASE_INSENSITIVE);
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{2,6}|#[xX]\\p{XDigit}{2,6}|[a-zA-Z]{2,8}\\d{0,2});");
    private static final Pattern NO_TAG =
            Pattern.compile("<(?!/?(" + NAMES + ")[\\s/>]|!--)", Pattern.CASE_INSENSITIVE);

    private HtmlText() {}

    /** Whether customers would see tags or entities. */
    static boolean isHtml(String text) {
        return text.indexOf('<') >= 0 && TAG.matcher(text).find() || text.indexOf('&') >= 0 && hasEntity(text);
    }

    private static boolean hasEntity(String text) {
        Matcher entities = ENTITY.matcher(text);
        while (entities.find()) {
            // Known entities change when they are unescaped.
            if (!Parser.unescapeEntities(entities.group(), true).equals(entities.group())) {
                return true;
            }
        }
        return false;
    }

    static String of(String html) {
        // Without tags, line ends are part of the text; between tags they are spaces.
        if (!TAG.matcher(html).find()) {
            return Parser.unescapeEntities(html, true).replace('\u00A0', ' ');
        }
        StringBuilder text = new StringBuilder();
        Jsoup.parseBodyFragment(NO_TAG.matcher(html).replaceAll("&lt;")).body().traverse(new Writer(text));
        return text.toString()
                .replace('\u00A0', ' ')
                .replaceAll("(?<![ \\t])[ \\t]+\n", "\n")
                .replaceAll("\n{3,}", "\n\n")
                .strip();
    }

    private static final class Writer implements NodeVisitor {
        private final StringBuilder text;

        Writer(StringBuilder text) {
            this.text = text;
        }

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                Element parent = words.parent();
                boolean isPre = parent != null && parent.closest("pre") != null;
                write(isPre ? words.getWholeText() : words.getWholeText().replaceAll("[ \\t\\r\\n\\f]+", " "));
            } else if (node instanceof Element element) {
                switch (element.normalName()) {
                    case "br" -> text.append('\n');
                    case "hr" -> lines(2);
                    case "li" -> {
                        lines(1);
                        text.append("- ");
                    }
                    case "img" -> write(element.attr("alt"));
                    case "td", "th" -> {
                        if (element.parent() != null && element.parent().firstElementChild() != element) {
                            text.append('\t');
                        }
                    }
                    default -> block(element);
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            if (element.normalName().equals("a")) {
                String address = element.attr("href").strip();
                String said = element.text().strip();
                boolean isNew =
                        !address.equals(said) && !address.equals("mailto:" + said) && !address.equals("tel:" + said);
                if (isNew && address.matches("(?i)(https?:|mailto:|tel:|\\{\\{).*")) {
                    text.append(" (")
                            .append(address.replaceFirst("^(mailto|tel):", ""))
                            .append(')');
                }
            } else {
                block(element);
            }
        }

        private void block(Element element) {
            switch (element.normalName()) {
                case "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table", "dl" -> {
                    // A nested list belongs to its item.
                    lines(element.closest("li") == null ? 2 : 1);
                }
                case "div", "tr", "li", "section", "article", "dt", "dd", "figure", "header", "footer" -> lines(1);
                default -> {
                    // Inline element.
                }
            }
        }

        /** Skips spaces at the beginning of a line. */
        private void write(String words) {
            boolean atStart =
                    text.isEmpty() || text.charAt(text.length() - 1) == '\n' || text.charAt(text.length() - 1) == ' ';
            text.append(atStart && words.startsWith(" ") ? words.substring(1) : words);
        }

        /** Ensures this number of line ends, including those already written. */
        private void lines(int wanted) {
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == ' ') {
                end--;
            }
            text.setLength(end);
            int there = 0;
            while (there < end && text.charAt(end - 1 - there) == '\n') {
                there++;
            }
            text.append("\n".repeat(end == 0 ? 0 : Math.max(0, wanted - there)));
        }
    }
}
