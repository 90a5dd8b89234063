package io.replyloop.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Recognises binary files by their first bytes, to tell people what kind of file they have instead of what is wrong in
 * it.
 */
final class FileSignature {
    private static final Map<String, ReasonCode> BEGINNINGS = Map.ofEntries(
            Map.entry("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", ReasonCode.EXCEL_WORKBOOK),
            Map.entry("%PDF-", ReasonCode.PDF),
            Map.entry("{\\rtf", ReasonCode.OFFICE_DOCUMENT),
            Map.entry("\u0089PNG", ReasonCode.IMAGE),
            Map.entry("\u00FF\u00D8\u00FF", ReasonCode.IMAGE),
            Map.entry("GIF8", ReasonCode.IMAGE),
            Map.entry("7z\u00BC\u00AF", ReasonCode.ARCHIVE),
            Map.entry("Rar!\u001A", ReasonCode.ARCHIVE),
            Map.entry("BZh9", ReasonCode.ARCHIVE),
            Map.entry("\u00FD7zXZ", ReasonCode.ARCHIVE));

    /** Names of files within a zipped document; the names themselves are not compressed. */
    private static final Map<String, ReasonCode> PACKED = Map.of(
            "xl/workbook", ReasonCode.EXCEL_WORKBOOK,
            "word/document", ReasonCode.OFFICE_DOCUMENT,
            "opendocument.spreadsheet", ReasonCode.SPREADSHEET_DOCUMENT,
            "opendocument.text", ReasonCode.OFFICE_DOCUMENT,
            "Index/Document.iwa", ReasonCode.SPREADSHEET_DOCUMENT);

    private static final int LOOKED_AT = 1 << 16;

    private FileSignature() {}

    /** The kind of file, or null if it may be text. */
    static ReasonCode of(byte[] file) {
        for (Map.Entry<String, ReasonCode> beginning : BEGINNINGS.entrySet()) {
            if (startsWith(file, beginning.getKey().getBytes(StandardCharsets.ISO_8859_1))) {
                return beginning.getValue();
            }
        }
        if (startsWith(file, new byte[] {'P', 'K', 3, 4})) {
            String content = new String(file, StandardCharsets.ISO_8859_1);
            return PACKED.entrySet().stream()
                    .filter(name -> content.contains(name.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse(ReasonCode.ARCHIVE);
        }
        return null;
    }

    /** The kind of text if it is not a list of replies, or null if it may be one. */
    static ReasonCode ofText(String text) {
        String start =
                text.substring(0, Math.min(text.length(), 2000)).stripLeading().toLowerCase(Locale.ROOT);
        if (start.startsWith("<?xml")) {
            return start.contains("excel.sheet") || start.contains("office:spreadsheet")
                    ? ReasonCode.EXCEL_WORKBOOK
                    : start.contains("<html") ? ReasonCode.WEB_PAGE : ReasonCode.XML;
        }
        return start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<table")
                ? ReasonCode.WEB_PAGE
                : null;
    }

    /** Whether a text contains more control characters than real text does. */
    static boolean isBinary(String text) {
        int end = Math.min(text.length(), LOOKED_AT);
        long controls = text.substring(0, end)
                .chars()
                .filter(character -> character < ' ' && "\t\n\r\f\u000B\u001A".indexOf(character) < 0)
                .count();
        // A single one may be in a cell, whose line is then rejected with its number.
        return controls > 3 && controls * 50 > end;
    }

    static boolean startsWith(byte[] file, byte[] beginning) {
        for (int at = 0; at < beginning.length; at++) {
            if (at >= file.length || file[at] != beginning[at]) {
                return false;
            }
        }
        return true;
    }
}
