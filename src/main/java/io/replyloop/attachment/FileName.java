package io.replyloop.attachment;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes a harmless name of any: no path, nothing invisible, nothing that turns the direction of the text, nothing that
 * Windows does not store, not too long, and with an extension of the file's kind at its end, whatever stood there.
 */
final class FileName {
    private static final int LONGEST = 100;
    private static final Pattern PATH = Pattern.compile("^.*[/\\\\]", Pattern.DOTALL);
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\\p{Zl}\\p{Zp}]");
    private static final Pattern RESERVED = Pattern.compile("[<>:\"|?*]");
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.DOTALL);
    private static final Pattern ENDS = Pattern.compile("^[\\s.]+|[\\s.]+$");

    private FileName() {}

    /** @param given what the sender calls it; may be anything */
    static String of(String given, FileKind kind) {
        String name = given == null ? "" : shortened(given, 4 * LONGEST);
        name = Normalizer.normalize(PATH.matcher(name).replaceFirst(""), Normalizer.Form.NFC);
        name = INVISIBLE.matcher(name).replaceAll("");
        name = RESERVED.matcher(name).replaceAll("_").replaceAll("\\s+", " ");
        name = ENDS.matcher(name).replaceAll("");
        if (DEVICE.matcher(name).matches()) {
            name = "_" + name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        boolean right = kind.extensions().contains(extension);
        String base = right ? name.substring(0, dot) : name;
        String ending = right ? extension : kind.extensions().get(0);
        base = ENDS.matcher(shortened(base, LONGEST)).replaceAll("");
        return (base.isEmpty() ? "file" : base) + "." + ending;
    }

    private static String shortened(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }
}
