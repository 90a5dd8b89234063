package io.replyloop.platform;

import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * How much of a body is read before anybody looks at what it says. Files are larger: an endpoint that takes the stream
 * itself has a limit of its own.
 */
@Provider
public class BodyLimit implements ReaderInterceptor {
    private static final int LONGEST = 65_536;

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getType() != InputStream.class) {
            byte[] body = context.getInputStream().readNBytes(LONGEST + 1);
            if (body.length > LONGEST) {
                throw new Problem(ProblemCode.TOO_LARGE, "The body has more than " + LONGEST / 1024 + " KiB.");
            }
            if (body.length > 0) {
                context.setInputStream(new ByteArrayInputStream(body));
            }
        }
        return context.proceed();
    }
}
