package io.replyloop.platform;

import io.vertx.core.http.HttpServerResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * A response of unlimited size, written to disk before its first byte is sent. The event loop then sends it as fast as
 * it is read: a worker that wrote the response itself would have to wait for slow readers. The file is deleted once it
 * has been sent or the connection is closed.
 */
public record WrittenFile(Path path) {
    private static final Logger LOG = Logger.getLogger(WrittenFile.class);

    public interface Contents {
        void writeTo(OutputStream out) throws IOException;
    }

    public static WrittenFile in(Path folder, Contents contents) throws IOException {
        WrittenFile file = new WrittenFile(Files.createTempFile(folder, "answer-", ""));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file.path))) {
            contents.writeTo(out);
            return file;
        } catch (IOException | RuntimeException failure) {
            file.delete();
            throw failure;
        }
    }

    /** Deletes files that a node was still sending when it was killed. */
    public static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> left = Files.list(folder)) {
            left.map(WrittenFile::new).forEach(WrittenFile::delete);
        }
    }

    private void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            LOG.warnf("Could not delete %s: %s", path, failure);
        }
    }

    /** Sends the file with the framework's support. */
    @Provider
    public static class Sender implements ServerMessageBodyWriter<WrittenFile> {
        @Override
        public void writeResponse(WrittenFile file, Type type, ServerRequestContext context) {
            ((ResteasyReactiveRequestContext) context)
                    .serverRequest()
                    .unwrap(HttpServerResponse.class)
                    .sendFile(file.path.toString())
                    .onComplete(sent -> file.delete());
        }

        @Override
        public void writeTo(
                WrittenFile file,
                Class<?> raw,
                Type type,
                Annotation[] annotations,
                MediaType media,
                MultivaluedMap<String, Object> headers,
                OutputStream out)
                throws IOException {
            Files.copy(file.path, out);
            file.delete();
        }

        @Override
        public boolean isWriteable(Class<?> raw, Type type, ResteasyReactiveResourceInfo target, MediaType media) {
            return raw == WrittenFile.class;
        }

        @Override
        public boolean isWriteable(Class<?> raw, Type type, Annotation[] annotations, MediaType media) {
            return raw == WrittenFile.class;
        }
    }
}
