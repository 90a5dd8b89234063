package io.replyloop.history;

import io.replyloop.exchange.TextOfFile;
import io.replyloop.platform.LimitedInputStream;
import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A file that was uploaded: unpacked and decoded while it is read, and no further than to its limit. */
final class HistoryFile {
    static final int HEAD = 1 << 16;
    private static final int GZIP = 0x1f8b;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path path;

    HistoryFile(Path path) {
        this.path = path;
    }

    long size() throws IOException {
        return Files.size(path);
    }

    /** As much of it as is there: a part of a packed file ends anywhere. */
    byte[] beginning(int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[HEAD];
        try (InputStream in = open(new long[1])) {
            int count = in.read(buffer);
            while (count >= 0 && bytes.size() < most) {
                bytes.write(buffer, 0, count);
                count = in.read(buffer);
            }
        } catch (EOFException | ZipException cut) {
            if (bytes.size() == 0) {
                throw damaged(cut);
            }
        }
        return bytes.toByteArray();
    }

    Charset encoding(String asked) throws IOException {
        return TextOfFile.encoding(beginning(HEAD), asked);
    }

    /**
     * @param most so many bytes of the unpacked file
     * @param read counts the bytes of the packed file
     */
    Reader reader(Charset encoding, long most, long[] read) throws IOException {
        InputStream in = new LimitedInputStream(
                open(read),
                most,
                () -> new Problem(
                        ProblemCode.TOO_LARGE,
                        "The file has more than " + (most >> 20)
                                + " MiB when it is unpacked. Split it, and import the parts one after the other."));
        PushbackReader reader = new PushbackReader(new InputStreamReader(in, encoding));
        int first = reader.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            reader.unread(first);
        }
        return reader;
    }

    private InputStream open(long[] read) throws IOException {
        BufferedInputStream in = new BufferedInputStream(new Counted(Files.newInputStream(path), read), HEAD);
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        try {
            return magic == GZIP ? new BufferedInputStream(new GZIPInputStream(in, HEAD), HEAD) : in;
        } catch (EOFException | ZipException cut) {
            in.close();
            throw damaged(cut);
        }
    }

    static Problem damaged(IOException cut) {
        return new Problem(
                ProblemCode.IMPORT_INVALID,
                "The file is no complete gzip file; pack it again, or send it unpacked.",
                cut);
    }

    private static final class Counted extends FilterInputStream {
        private final long[] read;

        Counted(InputStream in, long[] read) {
            super(in);
            this.read = read;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            read[0] += one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int count = super.read(buffer, from, length);
            read[0] += Math.max(0, count);
            return count;
        }
    }
}
