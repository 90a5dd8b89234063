package io.replyloop.replay;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** A server that is not right: each text frame that it sends becomes what the test makes of it. */
public final class FrameProxy extends TestProxy {
    private static final int WHOLE_TEXT = 0x81;
    private static final int LENGTH_OF_16_BITS = 126;
    private static final int LENGTH_OF_64_BITS = 127;

    private final Function<String, List<String>> instead;

    public FrameProxy(int server, Function<String, List<String>> instead) {
        super(server);
        this.instead = instead;
    }

    @Override
    protected void pass(InputStream in, OutputStream out, boolean fromServer) throws IOException {
        byte[] part = new byte[4_096];
        for (int read = in.read(part); read >= 0; read = in.read(part)) {
            String text = new String(part, 0, read, StandardCharsets.ISO_8859_1);
            if (fromServer && text.startsWith("HTTP/1.1 101 ")) {
                int frames = text.indexOf("\r\n\r\n") + 4;
                out.write(part, 0, frames);
                out.flush();
                InputStream rest = new ByteArrayInputStream(part, frames, read - frames);
                passFrames(new DataInputStream(new SequenceInputStream(rest, in)), new DataOutputStream(out));
            }
            out.write(part, 0, read);
            out.flush();
        }
    }

    /** Until the stream ends, which an exception tells. */
    private void passFrames(DataInputStream in, DataOutputStream out) throws IOException {
        while (true) {
            int kind = in.readUnsignedByte();
            int length = in.readUnsignedByte();
            if (length == LENGTH_OF_16_BITS) {
                length = in.readUnsignedShort();
            } else if (length == LENGTH_OF_64_BITS) {
                length = Math.toIntExact(in.readLong());
            }
            byte[] payload = in.readNBytes(length);
            if (kind == WHOLE_TEXT) {
                for (String text : instead.apply(new String(payload, StandardCharsets.UTF_8))) {
                    writeFrame(out, kind, text.getBytes(StandardCharsets.UTF_8));
                }
            } else {
                writeFrame(out, kind, payload);
            }
            out.flush();
        }
    }

    private static void writeFrame(DataOutputStream out, int kind, byte[] payload) throws IOException {
        out.writeByte(kind);
        if (payload.length < LENGTH_OF_16_BITS) {
            out.writeByte(payload.length);
        } else if (payload.length < 1 << 16) {
            out.writeByte(LENGTH_OF_16_BITS);
            out.writeShort(payload.length);
        } else {
            out.writeByte(LENGTH_OF_64_BITS);
            out.writeLong(payload.length);
        }
        out.write(payload);
    }
}
