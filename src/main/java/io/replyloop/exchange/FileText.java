package io.replyloop.exchange;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads an uploaded file with limits on its size and on the size after decompression. */
final class FileText {
    static final int LARGEST = 20 << 20;
    static final int MOST_LINES = 100_000;

    private FileText() {}

    /** Reads the body and decompresses it if it is gzipped; the limit applies to the result. */
    static byte[] read(InputStream body, String contentEncoding) {
        boolean gzipped = contentEncoding != null && contentEncoding.strip().equalsIgnoreCase("gzip");
        if (!gzipped && contentEncoding != null && !contentEncoding.strip().equalsIgnoreCase("identity")) {
            throw new Problem(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    "The content encoding is not known; send the file as it is or with gzip.");
        }
        try {
            byte[] file = limited(gzipped ? new GZIPInputStream(body) : body);
            // Detects gzip even if the header is missing.
            return FileSignature.startsWith(file, new byte[] {0x1F, (byte) 0x8B})
                    ? limited(new GZIPInputStream(new ByteArrayInputStream(file)))
                    : file;
        } catch (ZipException | EOFException damaged) {
            throw new Problem(
                    ProblemCode.MALFORMED_REQUEST,
                    "The body is not a complete gzip file; pack it again, or send it unpacked.",
                    damaged);
        } catch (IOException broken) {
            throw new Problem(
                    ProblemCode.MALFORMED_REQUEST, "The body broke off while it was read; send it again.", broken);
        }
    }

    private static byte[] limited(InputStream in) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            out.write(buffer, 0, count);
            if (out.size() > LARGEST) {
                throw new Problem(
                        ProblemCode.TOO_LARGE,
                        "The file is larger than 20 MiB; split it and import the parts one after the other.");
            }
        }
        return out.toByteArray();
    }

    /** Rejects an import while the server is stopping: it can take minutes, and the server would not wait. */
    static void requireTime() {
        if (Thread.currentThread().isInterrupted()) {
            throw new Problem(
                    ProblemCode.UNAVAILABLE,
                    "The server is stopping, and nothing was imported. Import the file again in a moment.");
        }
    }

    static void requireFew(int lines) {
        requireTime();
        if (lines > MOST_LINES) {
            throw new Problem(
                    ProblemCode.TOO_LARGE,
                    "The file has more than 100,000 lines; split it and import the parts one after the other.");
        }
    }
}
