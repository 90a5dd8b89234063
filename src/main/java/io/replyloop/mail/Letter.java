package io.replyloop.mail;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a mail says: the same as plain text and as HTML, in which everything that comes from people is escaped. Nothing is
 * loaded from elsewhere, so nobody learns that it was read.
 */
public record Letter(String subject, String text, String html) {
    private static final int LONGEST_SUBJECT = 150;
    private static final Pattern LINE_BREAK = Pattern.compile("\\R|[\\x{2028}\\x{2029}]");
    /** What is no text in a header, or turns the text beside it. */
    private static final Pattern UNPRINTED = Pattern.compile("[\\p{Cc}\\p{Cs}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]+");

    /** On one line, whatever it was made of. */
    static String headerText(String text, int longest) {
        String line = UNPRINTED.matcher(text).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Puts one together, part by part. */
    public static final class Writer {
        private static final String BEGIN = """
                <!doctype html>
                <html lang="%s" dir="%s"><head><meta charset="utf-8">
                <meta name="viewport" content="width=device-width">
                <meta name="color-scheme" content="light dark"><title>%s</title></head>
                <body style="margin:0;padding:24px 16px;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
                <div style="max-width:560px;margin:0 auto">
                """;
        private static final String LINK = """
                <p style="margin:24px 0"><a href="%s" style="display:inline-block;padding:10px 18px;border-radius:8px;\
                background:#0b57d0;color:#ffffff;text-decoration:none">%s</a></p>
                <p style="margin:0 0 16px;font-size:13px;color:#6b7280;word-break:break-all">%s</p>
                """;
        private static final String SAID = """
                <div dir="auto" style="margin:0 0 16px;padding:2px 0 2px 12px;border-inline-start:3px solid #c4c7cc">\
                <div style="font-size:13px;color:#6b7280">%s</div>%s</div>
                """;

        private final String subject;
        private final StringBuilder text = new StringBuilder();
        private final StringBuilder html = new StringBuilder();

        Writer(String subject, Locale language, String direction) {
            this.subject = headerText(subject, LONGEST_SUBJECT);
            html.append(BEGIN.formatted(escaped(language.toLanguageTag()), escaped(direction), escaped(this.subject)));
        }

        public Writer paragraph(String words) {
            text.append(words).append("\n\n");
            html.append("<p dir=\"auto\" style=\"margin:0 0 16px\">")
                    .append(lines(words))
                    .append("</p>\n");
            return this;
        }

        /** Something to follow; an address of ours, or one that was compared with those of a site. */
        public Writer link(String label, String address) {
            text.append(label).append(":\n").append(address).append("\n\n");
            html.append(LINK.formatted(escaped(address), escaped(label), escaped(address)));
            return this;
        }

        /** What somebody has written, under who and when. */
        public Writer said(String who, String words) {
            text.append(who).append("\n    ");
            text.append(LINE_BREAK.matcher(words).replaceAll("\n    ")).append("\n\n");
            html.append(SAID.formatted(escaped(who), lines(words)));
            return this;
        }

        /** Below the rest, as a signature is. */
        public Letter end(String small) {
            text.append("-- \n").append(small).append('\n');
            html.append("<p dir=\"auto\" style=\"margin:32px 0 0;font-size:13px;color:#6b7280\">")
                    .append(lines(small))
                    .append("</p>\n</div></body></html>\n");
            return new Letter(subject, text.toString(), html.toString());
        }

        private static String lines(String words) {
            return LINE_BREAK.matcher(escaped(words)).replaceAll("<br>");
        }
    }
}
