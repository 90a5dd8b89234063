package io.replyloop.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses a JSON body that contains text that cannot be stored, anywhere: in escapes, names, lists and maps. */
@Provider
public class JsonTexts implements ReaderInterceptor {
    private final JsonFactory factory = new JsonFactory();

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        if (context.getType() != InputStream.class) {
            byte[] body = context.getInputStream().readAllBytes();
            requireStorable(body);
            if (body.length > 0) {
                context.setInputStream(new ByteArrayInputStream(body));
            }
        }
        return context.proceed();
    }

    private void requireStorable(byte[] body) throws IOException {
        try (JsonParser parser = factory.createParser(body)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean text = token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME;
                if (text && !StorableText.is(parser.getText())) {
                    String name = parser.currentName();
                    String where = token == JsonToken.FIELD_NAME || name == null ? "Each text" : name;
                    throw new Problem(ProblemCode.MALFORMED_REQUEST, where + " " + StorableText.RULE + ".");
                }
            }
        } catch (JsonProcessingException malformed) {
            // The next reader reports the error, and knows what was expected.
            return;
        }
    }
}
