package io.replyloop.exchange;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.nio.charset.Charset;

/** What is found out about files of other programs, for whoever else reads some. */
public final class TextOfFile {
    private TextOfFile() {}

    /**
     * @param head the first bytes of a file
     * @param asked its name, where somebody knows it; null or {@code auto} to find out
     * @throws Problem if the file is no text, or in an encoding that is not read
     */
    public static Charset encoding(byte[] head, String asked) {
        ReasonCode noText = FileSignature.of(head);
        if (noText != null) {
            throw new Problem(ProblemCode.IMPORT_INVALID, Reason.of(noText).message());
        }
        FileEncoding named = FileEncoding.named(asked);
        FileEncoding encoding = named == null ? EncodingGuess.of(head).encoding() : named;
        if (encoding == null) {
            throw new Problem(
                    ProblemCode.IMPORT_INVALID,
                    Reason.of(ReasonCode.ENCODING_UNKNOWN).message());
        }
        DecodedText decoded = DecodedText.of(head, encoding);
        if (FileSignature.isBinary(decoded.text())) {
            throw new Problem(
                    ProblemCode.IMPORT_INVALID, Reason.of(ReasonCode.NOT_TEXT).message());
        }
        ReasonCode other = FileSignature.ofText(decoded.text());
        if (other != null) {
            throw new Problem(ProblemCode.IMPORT_INVALID, Reason.of(other).message());
        }
        return encoding.charset();
    }

    /** The separator of cells that the first lines of a table suggest. */
    public static char separator(String head) {
        return SeparatorGuess.of(head);
    }

    public static boolean isHtml(String text) {
        return HtmlText.isHtml(text);
    }

    /** Paragraphs become lines, and links are followed by their address. */
    public static String ofHtml(String html) {
        return HtmlText.of(html);
    }
}
