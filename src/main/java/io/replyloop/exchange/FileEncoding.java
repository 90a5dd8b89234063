package io.replyloop.exchange;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The supported encodings. Each is a superset of those that are commonly called by its name: GBK is part of GB18030.
 */
enum FileEncoding {
    UTF_8("UTF-8", List.of("utf8")),
    UTF_16LE("UTF-16LE", List.of("utf-16", "utf16", "utf16le", "unicode")),
    UTF_16BE("UTF-16BE", List.of("utf16be")),
    WINDOWS_1252("windows-1252", List.of("cp1252", "latin1", "latin-1", "iso-8859-1", "ansi")),
    GB18030("GB18030", List.of("gbk", "gb2312", "cp936"));

    private final Charset charset;
    private final List<String> otherNames;

    FileEncoding(String charset, List<String> otherNames) {
        this.charset = Charset.forName(charset);
        this.otherNames = otherNames;
    }

    Charset charset() {
        return charset;
    }

    String wireName() {
        return charset.name();
    }

    /** Null to detect the encoding. */
    static FileEncoding named(String name) {
        if (name == null || name.isBlank() || name.equalsIgnoreCase("auto")) {
            return null;
        }
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(each -> each.wireName().equalsIgnoreCase(wanted) || each.otherNames.contains(wanted))
                .findFirst()
                .orElseThrow(() -> new Problem(
                        ProblemCode.INVALID,
                        "The encoding '" + Reason.excerpt(name) + "' is not read here; use 'auto' or one of "
                                + Arrays.stream(values())
                                        .map(FileEncoding::wireName)
                                        .collect(Collectors.joining(", ")) + "."));
    }
}
