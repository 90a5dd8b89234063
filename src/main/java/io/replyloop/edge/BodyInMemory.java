package io.replyloop.edge;

import io.replyloop.platform.Problem;
import io.replyloop.platform.ProblemCode;
import io.vertx.core.buffer.Buffer;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A small body, or one of the few files that admins import. */
final class BodyInMemory extends IncomingBody {
    private final boolean file;
    private final Buffer body = Buffer.buffer();

    BodyInMemory(Reading reading, boolean file) {
        super(reading);
        this.file = file;
    }

    @Override
    public BodiesUnderWay.Kind kind() {
        return file ? BodiesUnderWay.Kind.FILE : BodiesUnderWay.Kind.SMALL;
    }

    @Override
    void begin() {
        request().resume();
    }

    @Override
    void add(Buffer part) {
        body.appendBuffer(part);
    }

    @Override
    void whole(ContainerRequestContext context) {
        byte[] all = body.getBytes();
        if (!file && !isUtf8(all)) {
            // The whole body has been read, so the connection can stay open.
            end(() -> reading.done()
                    .fail(new Problem(
                            ProblemCode.MALFORMED_REQUEST, "The body is not UTF-8. Send it again in this encoding.")));
            return;
        }
        context.setEntityStream(new ByteArrayInputStream(all));
        end(() -> reading.done().complete(null));
    }

    /**
     * Jackson decodes overlong and broken sequences to other characters, and takes a body with zero bytes for UTF-16 or
     * UTF-32. JSON contains no zero bytes.
     */
    private static boolean isUtf8(byte[] body) {
        for (byte one : body) {
            if (one == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
