package io.replyloop.exchange;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;

/**
 * How to read a file; null for what is to be detected.
 *
 * @param mapping which column is which field, such as {@code title=Question,text=#3}
 * @param htmlToText whether cells with HTML are converted to plain text
 */
record ReadingOptions(
        FileFormat format,
        FileEncoding encoding,
        Character separator,
        Boolean header,
        String mapping,
        boolean htmlToText) {
    static ReadingOptions of(FileFormat format) {
        return new ReadingOptions(format, null, null, null, null, false);
    }

    /** Parses query parameters. */
    static ReadingOptions parsed(
            String format, String encoding, String separator, String header, String mapping, String html) {
        return new ReadingOptions(
                FileFormat.ofImport(format),
                FileEncoding.named(encoding),
                separator(separator),
                header(header),
                mapping == null || mapping.isBlank() ? null : mapping,
                isText(html));
    }

    private static Character separator(String name) {
        if (name == null || name.isEmpty() || name.equals("auto")) {
            return null;
        }
        return switch (name) {
            case "comma", "," -> ',';
            case "semicolon", ";" -> ';';
            case "tab", "\t" -> '\t';
            case "pipe", "|" -> '|';
            default -> throw unknown("separator", name, "'auto', 'comma', 'semicolon', 'tab' or 'pipe'");
        };
    }

    private static Boolean header(String text) {
        if (text == null || text.isEmpty() || text.equals("auto")) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unknown("header", text, "'auto', 'true' or 'false'");
        };
    }

    private static boolean isText(String html) {
        return switch (html == null ? "keep" : html) {
            case "", "keep" -> false;
            case "text" -> true;
            default -> throw unknown("html", html, "'keep' or 'text'");
        };
    }

    private static Problem unknown(String what, String value, String known) {
        return new Problem(
                ProblemCode.INVALID,
                "The " + what + " '" + Reason.excerpt(value) + "' is not known; use " + known + ".");
    }
}
