package io.replyloop.exchange;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Locale;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Detects the encoding of a file: by its byte order mark, by strict decoders in a fixed order, and, if two succeed, by
 * whether the result looks like text. Statistical detectors need more text than the first file of a knowledge base
 * contains, so one is used only to name an unsupported encoding; see decision 78.
 *
 * @param encoding the best match; null if none fits
 * @param certain whether no confirmation is needed; false if another encoding is possible as well
 * @param other the name of a more likely encoding that is not supported; null if there is none
 */
record EncodingGuess(FileEncoding encoding, boolean certain, String other) {
    private static final int LOOKED_AT = 1 << 20;
    private static final int DETECTED = 1 << 18;
    private static final double PLAUSIBLE_CHINESE = 0.8;
    private static final double PLAUSIBLE_WESTERN = 0.9;

    /**
     * Windows-1252 characters that occur next to letters but not between them; quotes and dashes may occur anywhere.
     */
    private static final String SIGNS = "€‚ƒ„…†‡ˆ‰‹•˜™›¡¢£¤¥¦§¨©ª«¬®¯°±²³´µ¶¸¹º»¼½¾¿×÷";

    private static final String ANYWHERE = "‘’“”–—·\u00A0\u00AD";

    static EncodingGuess of(byte[] file) {
        if (FileSignature.startsWith(file, bytes(0xEF, 0xBB, 0xBF))) {
            return certainly(FileEncoding.UTF_8);
        }
        if (FileSignature.startsWith(file, bytes(0xFF, 0xFE))) {
            return certainly(FileEncoding.UTF_16LE);
        }
        if (FileSignature.startsWith(file, bytes(0xFE, 0xFF))) {
            return certainly(FileEncoding.UTF_16BE);
        }
        if (FileSignature.startsWith(file, bytes(0x84, 0x31, 0x95, 0x33))) {
            return certainly(FileEncoding.GB18030);
        }
        FileEncoding wide = wide(file);
        if (wide != null) {
            return certainly(wide);
        }
        int[] sequences = utf8(file);
        if (sequences[1] == 0) {
            return certainly(FileEncoding.UTF_8);
        }
        int good = sequences[0];
        int bad = sequences[1];
        double chinese = chinese(file);
        double western = western(file);
        boolean isOther = chinese >= PLAUSIBLE_CHINESE || western >= PLAUSIBLE_WESTERN;
        // A few invalid bytes in otherwise valid UTF-8: the file was truncated or concatenated, not encoded
        // differently.
        if (bad * 10 <= good || bad <= good && !isOther) {
            return certainly(FileEncoding.UTF_8);
        }
        return eightBits(file, chinese, western, good > 0);
    }

    private static EncodingGuess certainly(FileEncoding encoding) {
        return new EncodingGuess(encoding, true, null);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int at = 0; at < values.length; at++) {
            bytes[at] = (byte) values[at];
        }
        return bytes;
    }

    /** Detects UTF-16 without a mark: separators and line ends contain a zero byte, always on the same side. */
    private static FileEncoding wide(byte[] file) {
        int end = Math.min(file.length, LOOKED_AT);
        int[] zeros = new int[2];
        for (int at = 0; at < end; at++) {
            if (file[at] == 0) {
                zeros[at % 2]++;
            }
        }
        // A Chinese line has two or three of them; a file with hardly any is not UTF-16 but damaged.
        if (zeros[0] + zeros[1] < Math.max(2, end / 200)) {
            return null;
        }
        if (zeros[1] > 20 * zeros[0]) {
            return FileEncoding.UTF_16LE;
        }
        return zeros[0] > 20 * zeros[1] ? FileEncoding.UTF_16BE : null;
    }

    /** Returns the number of multi-byte characters, and of bytes that do not belong to one. */
    private static int[] utf8(byte[] file) {
        CharsetDecoder decoder = FileEncoding.UTF_8
                .charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(file);
        CharBuffer out = CharBuffer.allocate(1 << 13);
        int good = 0;
        int bad = 0;
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            out.flip();
            good += (int) out.chars().filter(character -> character > 0x7F).count();
            out.clear();
            if (result.isError()) {
                bad++;
                in.position(in.position() + result.length());
            } else if (result.isUnderflow()) {
                return new int[] {good, bad};
            }
        }
    }

    /** @param mixed whether some of it would be valid UTF-8, which happens by chance only in Chinese */
    private static EncodingGuess eightBits(byte[] file, double chinese, double western, boolean mixed) {
        String detected = detected(file);
        boolean isChinese = chinese >= PLAUSIBLE_CHINESE;
        boolean isWestern = western >= PLAUSIBLE_WESTERN;
        if (isChinese != isWestern) {
            // Korean and Japanese use the same byte values as Chinese.
            String other = isChinese && isEastAsian(detected) ? detected : null;
            return new EncodingGuess(
                    isChinese ? FileEncoding.GB18030 : FileEncoding.WINDOWS_1252,
                    other == null && (isChinese || !mixed),
                    other);
        }
        boolean ours = isChinese || detected == null || detected.matches("WINDOWS-1252|GB18030");
        if (ours && chinese >= 0 && western >= 0) {
            return new EncodingGuess(chinese > western ? FileEncoding.GB18030 : FileEncoding.WINDOWS_1252, false, null);
        }
        if (ours && (chinese >= 0 || western >= 0)) {
            return new EncodingGuess(chinese >= 0 ? FileEncoding.GB18030 : FileEncoding.WINDOWS_1252, false, null);
        }
        return new EncodingGuess(null, false, ours ? null : detected);
    }

    private static boolean isEastAsian(String name) {
        return name != null && name.matches("(BIG5|EUC|SHIFT|ISO-2022).*");
    }

    private static String detected(byte[] file) {
        int start = 0;
        while (start < file.length && file[start] >= 0) {
            start++;
        }
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(file, start, Math.min(DETECTED, file.length - start));
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        return name == null ? null : name.toUpperCase(Locale.ROOT);
    }

    /**
     * The share of common Chinese characters and punctuation (GB 2312, first level) among the two-byte and four-byte
     * characters; negative if some bytes are invalid. The few byte pairs of Western text that happen to be valid are
     * almost always rare characters, because their second byte is an ASCII letter.
     */
    private static double chinese(byte[] file) {
        int common = 0;
        int rare = 0;
        int wrong = 0;
        for (int at = 0; at < file.length; at++) {
            int lead = file[at] & 0xFF;
            if (lead < 0x80) {
                continue;
            }
            int trail = at + 1 < file.length ? file[at + 1] & 0xFF : 0;
            if (trail >= 0x30 && trail <= 0x39 && at + 3 < file.length) {
                rare++;
                at += 3;
            } else if (lead == 0x80 || lead == 0xFF || trail < 0x40 || trail == 0x7F || trail == 0xFF) {
                wrong++;
            } else {
                boolean isCommon = trail >= 0xA1 && (lead >= 0xB0 && lead <= 0xD7 || lead >= 0xA1 && lead <= 0xA3);
                common += isCommon ? 1 : 0;
                rare += isCommon ? 0 : 1;
                at++;
            }
        }
        // A file that was cut in the middle of a character has one.
        return wrong > 1 ? -1 : common / (double) Math.max(1, common + rare);
    }

    /** The share of letters and signs in plausible positions; negative if some bytes are invalid. */
    private static double western(byte[] file) {
        DecodedText decoded = DecodedText.of(
                file.length > LOOKED_AT ? Arrays.copyOf(file, LOOKED_AT) : file, FileEncoding.WINDOWS_1252);
        if (decoded.damaged()) {
            return -1;
        }
        String text = decoded.text();
        int likely = 0;
        int all = 0;
        int run = 0;
        for (int at = 0; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character < 0x80) {
                run = 0;
                continue;
            }
            all++;
            run = Character.isLetter(character) && character != 'ª' && character != 'º' && character != 'ƒ'
                    ? run + 1
                    : 0;
            if (ANYWHERE.indexOf(character) >= 0) {
                likely++;
            } else if (SIGNS.indexOf(character) >= 0) {
                boolean between = at > 0
                        && at + 1 < text.length()
                        && Character.isLetter(text.charAt(at - 1))
                        && Character.isLetter(text.charAt(at + 1));
                likely += between ? 0 : 1;
            } else {
                likely += run > 0 && run <= 2 ? 1 : 0;
            }
        }
        return likely / (double) Math.max(1, all);
    }
}
