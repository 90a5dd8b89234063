package io.replyloop.exchange;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * The decoded text of a file. Undecodable bytes are replaced by {@link #DAMAGED}, so that their lines can be reported.
 */
record DecodedText(String text, FileEncoding encoding, boolean damaged) {
    /** Does not occur in text: a Unicode noncharacter, reserved for internal uses such as this one. */
    static final char DAMAGED = '\uFFFF';

    static DecodedText of(byte[] file, FileEncoding encoding) {
        CharsetDecoder decoder = encoding.charset()
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        int start = markLength(file, encoding);
        ByteBuffer in = ByteBuffer.wrap(file, start, file.length - start);
        CharBuffer out = CharBuffer.allocate(file.length - start + 16);
        boolean damaged = false;
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            damaged = true;
            in.position(in.position() + result.length());
            out.put(DAMAGED);
            result = decoder.decode(in, out, true);
        }
        decoder.flush(out);
        String text = out.flip().toString();
        return new DecodedText(text, encoding, damaged || text.indexOf(DAMAGED) >= 0);
    }

    /** The length of the byte order mark, if there is one. */
    private static int markLength(byte[] file, FileEncoding encoding) {
        byte[] mark = "\uFEFF"
                .getBytes(encoding == FileEncoding.WINDOWS_1252 ? FileEncoding.UTF_8.charset() : encoding.charset());
        return FileSignature.startsWith(file, mark) ? mark.length : 0;
    }
}
